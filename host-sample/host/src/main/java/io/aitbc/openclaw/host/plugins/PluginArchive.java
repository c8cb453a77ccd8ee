package io.aitbc.openclaw.host.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A plugin with private libraries: a zip with one plugin jar at its root and libraries in {@code lib/}. Other files at the
 * root, such as a licence, stay where they are.
 */
final class PluginArchive {
    private static final Pattern JAR = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,120}\\.jar");
    private static final Pattern ROOT_FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,120}");

    private final Path target;
    private final ArchiveLimits limits;
    private final long packed;
    private final SortedMap<String, String> sums = new TreeMap<>();
    private long unpacked;
    private boolean pluginFound;

    private PluginArchive(Path target, ArchiveLimits limits, long packed) {
        this.target = target;
        this.limits = limits;
        this.packed = packed;
    }

    /**
     * Writes {@code plugin.jar} and {@code lib/*.jar} into the target.
     *
     * @return SHA-256 of each by its path with slashes
     */
    static SortedMap<String, String> unpack(Path zip, Path target, ArchiveLimits limits) throws PluginLoadException {
        try (ZipFile file = BoundedZip.open(zip, limits)) {
            PluginArchive archive = new PluginArchive(target, limits, Files.size(zip));
            archive.unpack(file);
            return archive.sums;
        } catch (IOException | IllegalArgumentException e) {
            throw new PluginLoadException("is not a readable zip: " + FailureText.full(e));
        }
    }

    private void unpack(ZipFile zip) throws IOException, PluginLoadException {
        if (zip.size() > limits.entries()) {
            throw new PluginLoadException("has more than " + limits.entries() + " entries");
        }
        Set<String> names = new HashSet<>();
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
            ZipEntry entry = entries.nextElement();
            String name = entry.getName();
            // Two names that differ in letter case only are one file on some systems.
            if (!names.add(name.toLowerCase(Locale.ROOT))) {
                throw new PluginLoadException("has two entries named " + FailureText.oneLine(name));
            }
            if (!entry.isDirectory()) {
                unpack(zip, entry, name);
            } else if (!name.equals(GenerationFolder.LIBRARIES + "/")) {
                throw unexpected(name);
            }
        }
        if (!pluginFound) {
            throw new PluginLoadException("has no plugin jar at its root");
        }
    }

    private void unpack(ZipFile zip, ZipEntry entry, String name) throws IOException, PluginLoadException {
        if (JAR.matcher(name).matches()) {
            if (pluginFound) {
                throw new PluginLoadException("has more than one jar at its root; libraries belong in lib/");
            }
            pluginFound = true;
            write(zip, entry, GenerationFolder.PLUGIN_JAR);
        } else if (isLibrary(name)) {
            Path _ = Files.createDirectories(target.resolve(GenerationFolder.LIBRARIES));
            write(zip, entry, name);
        } else if (!ROOT_FILE.matcher(name).matches()) {
            throw unexpected(name);
        }
    }

    private static boolean isLibrary(String name) {
        String folder = GenerationFolder.LIBRARIES + "/";
        return name.startsWith(folder)
                && JAR.matcher(name.substring(folder.length())).matches();
    }

    private static PluginLoadException unexpected(String name) {
        return new PluginLoadException(
                "has an entry '" + FailureText.oneLine(name) + "': only files at the root and lib/*.jar are allowed");
    }

    /** Counts what comes out, whatever the sizes in the archive claim. */
    private void write(ZipFile zip, ZipEntry entry, String name) throws IOException, PluginLoadException {
        MessageDigest digest = Sha256.digest();
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = new DigestOutputStream(Files.newOutputStream(target.resolve(name)), digest)) {
            byte[] buffer = new byte[64 << 10];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                unpacked += read;
                limits.checkUnpacked(unpacked, packed);
                out.write(buffer, 0, read);
            }
        }
        sums.put(name, HexFormat.of().formatHex(digest.digest()));
    }
}
