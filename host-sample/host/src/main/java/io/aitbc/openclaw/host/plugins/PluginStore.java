package io.aitbc.openclaw.host.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Copies each plugin to {@code generations/<sha256 of the source>/} before anything of it is loaded: what runs cannot change
 * any more, half-copied files never run, and the source can be replaced or deleted at any time.
 */
final class PluginStore {
    static final String PLUGIN_JAR = "plugin.jar";
    static final String LIBRARIES = "lib";
    private static final String SUMS = "SHA256SUMS";

    private final Path generations;
    private final ArchiveLimits limits;

    PluginStore(Path generations, ArchiveLimits limits) {
        this.generations = generations;
        this.limits = limits;
    }

    ArchiveLimits limits() {
        return limits;
    }

    StagedPlugin stage(Path source) throws PluginLoadException {
        if (!Files.isRegularFile(source)) {
            throw new PluginLoadException("is not a file");
        }
        try {
            long size = Files.size(source);
            if (size > limits.sourceBytes()) {
                throw new PluginLoadException("is larger than " + limits.sourceBytes() + " bytes");
            }
            Path known = generations.resolve(sha256(source));
            return intact(known) ? staged(known) : copy(source);
        } catch (IOException e) {
            throw new PluginLoadException("cannot be copied to " + generations + ": " + FailureText.full(e));
        }
    }

    private StagedPlugin copy(Path source) throws IOException, PluginLoadException {
        Files.createDirectories(generations);
        Path draft = Files.createTempDirectory(generations, ".draft-");
        try {
            Path archive = draft.resolve(PLUGIN_JAR);
            String sha256 = copyHashing(source, archive);
            if (isZip(source)) {
                Path zip = Files.move(archive, draft.resolve("source.zip"));
                PluginArchive.unpack(zip, draft, limits);
                Files.delete(zip);
            }
            seal(draft);
            return staged(publish(draft, generations.resolve(sha256)));
        } finally {
            delete(draft);
        }
    }

    /** The hash is that of the bytes copied, not of what the source may have become meanwhile. */
    private String copyHashing(Path source, Path target) throws IOException, PluginLoadException {
        MessageDigest digest = Sha256.digest();
        try (InputStream in = Files.newInputStream(source);
                OutputStream out = new DigestOutputStream(Files.newOutputStream(target), digest)) {
            byte[] buffer = new byte[64 << 10];
            long total = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                total += read;
                if (total > limits.sourceBytes()) {
                    throw new PluginLoadException("is larger than " + limits.sourceBytes() + " bytes");
                }
                out.write(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void seal(Path directory) throws IOException {
        StringBuilder sums = new StringBuilder();
        for (Map.Entry<String, Path> file : files(directory).entrySet()) {
            sums.append(sha256(file.getValue()))
                    .append("  ")
                    .append(file.getKey())
                    .append('\n');
            readOnly(file.getValue());
        }
        Path list = Files.writeString(directory.resolve(SUMS), sums);
        readOnly(list);
    }

    private static void readOnly(Path file) throws IOException {
        if (!file.toFile().setReadOnly()) {
            throw new IOException("Cannot make " + file + " read-only");
        }
    }

    private static Path publish(Path draft, Path target) throws IOException {
        if (Files.exists(target) && !intact(target)) {
            delete(target);
        }
        try {
            return Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (FileSystemException e) {
            if (intact(target)) { // another host was faster
                return target;
            }
            throw e;
        }
    }

    /** Whether the directory holds exactly what was written to it. */
    private static boolean intact(Path directory) throws IOException {
        Path list = directory.resolve(SUMS);
        if (!Files.isRegularFile(list)) {
            return false;
        }
        StringBuilder actual = new StringBuilder();
        for (Map.Entry<String, Path> file : files(directory).entrySet()) {
            actual.append(sha256(file.getValue()))
                    .append("  ")
                    .append(file.getKey())
                    .append('\n');
        }
        return actual.toString().contentEquals(Files.readString(list));
    }

    private static StagedPlugin staged(Path directory) throws IOException {
        List<Path> libraries = files(directory).entrySet().stream()
                .filter(file -> file.getKey().startsWith(LIBRARIES + "/"))
                .map(Map.Entry::getValue)
                .toList();
        return new StagedPlugin(String.valueOf(directory.getFileName()), directory.resolve(PLUGIN_JAR), libraries);
    }

    /** All files but the list itself, by their path with slashes. */
    private static Map<String, Path> files(Path directory) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) found.filter(Files::isRegularFile)::iterator) {
                String name = directory.relativize(file).toString().replace('\\', '/');
                if (!name.equals(SUMS)) {
                    files.put(name, file);
                }
            }
        }
        return files;
    }

    static void delete(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        try (Stream<Path> found = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) found.sorted(Comparator.reverseOrder())::iterator) {
                // Some systems refuse to delete what is read-only; if this fails, the deletion says so.
                boolean _ = path.toFile().setWritable(true);
                Files.delete(path);
            }
        }
    }

    private static String sha256(Path file) throws IOException {
        return Sha256.of(file);
    }

    private static boolean isZip(Path source) {
        return source.toString().toLowerCase(Locale.ROOT).endsWith(".zip");
    }
}
