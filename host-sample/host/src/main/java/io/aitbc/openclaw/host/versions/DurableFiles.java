package io.aitbc.openclaw.host.versions;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that are on disk in full, or not at all, whenever the power fails. */
final class DurableFiles {
    private DurableFiles() {}

    /** Readable by their owner only. */
    static Path folder(Path folder) throws IOException {
        Path existing = folder;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return Files.getFileStore(existing).supportsFileAttributeView("posix")
                ? Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
                : Files.createDirectories(folder);
    }

    static void write(Path file, byte[] bytes) throws IOException {
        Path draft = draft(file);
        Files.write(draft, bytes);
        publish(draft, file);
    }

    /** Puts a copy of a file in the place of another, in one step. */
    static void copy(Path source, Path target) throws IOException {
        Path draft = draft(target);
        Files.copy(source, draft, StandardCopyOption.REPLACE_EXISTING);
        publish(draft, target);
    }

    /** Names that begin with a dot are no plugins. */
    static Path draft(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".new");
    }

    private static void publish(Path draft, Path target) throws IOException {
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(target.toAbsolutePath().resolveSibling(""));
    }

    /** Adds to the end, and returns once it is on disk. */
    static void append(Path file, byte[] bytes) throws IOException {
        boolean first = !Files.exists(file);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        if (first) {
            sync(file.toAbsolutePath().resolveSibling(""));
        }
    }

    /** A rename is on disk once its folder is. Windows neither can nor needs this. */
    private static void sync(Path folder) throws IOException {
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
