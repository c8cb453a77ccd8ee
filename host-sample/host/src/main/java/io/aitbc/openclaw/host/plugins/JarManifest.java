package io.aitbc.openclaw.host.plugins;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The main attributes of a jar's manifest. A class loader also reads the jars that they name, so these must be the plugin's own. */
final class JarManifest {
    private static final int LONGEST = 64 << 10;
    private static final Pattern SECTION_END = Pattern.compile("\\r?\\n\\r?\\n");
    /** A jar beside the one that names it, or one in its {@code lib/}. */
    private static final Pattern OWN_JAR = Pattern.compile("(lib/)?[A-Za-z0-9][A-Za-z0-9._+-]*");

    private JarManifest() {}

    /** Empty when the jar has none. */
    static Optional<Attributes> read(ZipFile jar) throws IOException, PluginLoadException {
        byte[] bytes = bytes(jar);
        if (bytes.length > LONGEST) {
            throw new PluginLoadException("its manifest is longer than " + LONGEST + " bytes");
        }
        return bytes.length == 0 ? Optional.empty() : Optional.of(attributes(bytes));
    }

    /** Of a private library, which may be anything; signed ones have long manifests, of which the first section counts. */
    static void checkLibrary(Path file, ArchiveLimits limits) throws PluginLoadException {
        try (ZipFile jar = BoundedZip.open(file, limits)) {
            byte[] bytes = bytes(jar);
            String[] sections = SECTION_END.split(new String(bytes, StandardCharsets.ISO_8859_1), 2);
            if (sections.length == 1 && bytes.length > LONGEST) {
                throw new PluginLoadException("the main section of its manifest is longer than " + LONGEST + " bytes");
            }
            Attributes _ = attributes((sections[0] + "\n\n").getBytes(StandardCharsets.ISO_8859_1));
        } catch (PluginLoadException e) {
            throw new PluginLoadException("its library " + file.getFileName() + ": " + e.reason());
        } catch (IOException | IllegalArgumentException e) {
            // A class loader cannot read it either.
        }
    }

    private static byte[] bytes(ZipFile jar) throws IOException, PluginLoadException {
        Optional<ZipEntry> entry = entry(jar);
        if (entry.isEmpty()) {
            return new byte[0];
        }
        try (InputStream in = jar.getInputStream(entry.get())) {
            return in.readNBytes(LONGEST + 1);
        }
    }

    /** A class loader finds it in any letter case; what is checked must be what it finds. */
    private static Optional<ZipEntry> entry(ZipFile jar) throws PluginLoadException {
        List<? extends ZipEntry> found = jar.stream()
                .filter(entry -> entry.getName().equalsIgnoreCase(JarFile.MANIFEST_NAME))
                .toList();
        if (found.size() > 1) {
            throw new PluginLoadException("has more than one manifest");
        }
        if (!found.isEmpty() && !found.getFirst().getName().equals(JarFile.MANIFEST_NAME)) {
            throw new PluginLoadException("its manifest is called '"
                    + FailureText.oneLine(found.getFirst().getName()) + "', not " + JarFile.MANIFEST_NAME);
        }
        return found.stream().<ZipEntry>map(it -> it).findFirst();
    }

    private static Attributes attributes(byte[] bytes) throws IOException, PluginLoadException {
        Attributes attributes = new Manifest(new ByteArrayInputStream(bytes)).getMainAttributes();
        @Nullable String classPath = attributes.getValue(Attributes.Name.CLASS_PATH);
        if (classPath != null) {
            for (String jar : classPath.strip().split("\\s+", -1)) {
                if (!jar.isEmpty() && !OWN_JAR.matcher(jar).matches()) {
                    throw new PluginLoadException(
                            "its manifest leads out of it (Class-Path '%s'): libraries belong in lib/"
                                    .formatted(FailureText.oneLine(jar)));
                }
            }
        }
        return attributes;
    }
}
