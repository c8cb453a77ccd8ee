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
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Copies each plugin to {@code generations/<sha256 of the source>/} before anything of it is loaded: what runs cannot change
 * any more, half-copied files never run, and the source can be replaced or deleted at any time.
 */
final class PluginStore {
    /** Of directories that are not complete yet. */
    static final String DRAFT = ".draft-";

    private final Path generations;
    private final ArchiveLimits limits;

    PluginStore(Path generations, ArchiveLimits limits) {
        this.generations = generations;
        this.limits = limits;
    }

    ArchiveLimits limits() {
        return limits;
    }

    /** A look at the bytes before anything of them is unpacked. */
    interface Gate {
        void check(String sha256) throws PluginLoadException;
    }

    /** What was staged before, if it is whole. */
    Optional<StagedPlugin> known(String sha256) throws PluginLoadException {
        try {
            Path directory = generations.resolve(sha256);
            return GenerationFolder.intact(directory)
                    ? Optional.of(GenerationFolder.staged(directory))
                    : Optional.empty();
        } catch (IOException e) {
            throw PluginLoadException.passing("cannot be read from " + generations + ": " + FailureText.full(e));
        }
    }

    /**
     * Copies and unpacks a file, unless that was done before.
     *
     * @param gate throws to refuse the file; nothing of it is left then
     */
    StagedPlugin stage(Path source, Gate gate) throws PluginLoadException {
        try {
            checkSize(source);
            long size = Files.size(source);
            Instant modified = Files.getLastModifiedTime(source).toInstant();
            String sha256 = Sha256.of(source);
            boolean same = Files.size(source) == size
                    && Files.getLastModifiedTime(source).toInstant().equals(modified);
            if (!same) {
                throw unstable();
            }
            return stage(source, sha256, gate);
        } catch (IOException e) {
            throw uncopied(e);
        }
    }

    /** As {@link #stage(Path, Gate)}, for a file that was hashed a moment ago; other bytes than those are refused. */
    StagedPlugin stage(Path source, String sha256, Gate gate) throws PluginLoadException {
        try {
            checkSize(source);
            gate.check(sha256);
            Optional<StagedPlugin> known = known(sha256);
            return known.isPresent() ? known.get() : copy(source, sha256);
        } catch (IOException e) {
            throw uncopied(e);
        }
    }

    private void checkSize(Path source) throws IOException, PluginLoadException {
        if (!Files.isRegularFile(source)) {
            throw new PluginLoadException("is not a file");
        }
        if (Files.size(source) > limits.sourceBytes()) {
            throw new PluginLoadException("is larger than " + limits.sourceBytes() + " bytes");
        }
    }

    private PluginLoadException uncopied(IOException e) {
        return PluginLoadException.passing("cannot be copied to " + generations + ": " + FailureText.full(e));
    }

    private static PluginLoadException unstable() {
        return new PluginLoadException("changed while it was read; it is looked at again when it has been written");
    }

    private StagedPlugin copy(Path source, String expected) throws IOException, PluginLoadException {
        Files.createDirectories(generations);
        Path draft = Files.createTempDirectory(generations, DRAFT);
        try {
            boolean zip = isZip(source);
            Path archive = draft.resolve(zip ? "source.zip" : GenerationFolder.PLUGIN_JAR);
            // What runs must be what was checked.
            if (!copyHashing(source, archive).equals(expected)) {
                throw unstable();
            }
            SortedMap<String, String> sums = new TreeMap<>();
            if (zip) {
                sums.putAll(PluginArchive.unpack(archive, draft, limits));
                Files.delete(archive);
            } else {
                sums.put(GenerationFolder.PLUGIN_JAR, expected);
            }
            for (Path library : GenerationFolder.staged(draft).libraries()) {
                JarManifest.checkLibrary(library, limits);
            }
            GenerationFolder.seal(draft, sums);
            return GenerationFolder.staged(publish(draft, generations.resolve(expected)));
        } finally {
            GenerationFolder.delete(draft);
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

    private static Path publish(Path draft, Path target) throws IOException {
        if (Files.exists(target) && !GenerationFolder.intact(target)) {
            GenerationFolder.delete(target);
        }
        try {
            return Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (FileSystemException e) {
            if (GenerationFolder.intact(target)) { // two files with the same bytes, and the other one was faster
                return target;
            }
            throw e;
        }
    }

    private static boolean isZip(Path source) {
        return source.toString().toLowerCase(Locale.ROOT).endsWith(".zip");
    }
}
