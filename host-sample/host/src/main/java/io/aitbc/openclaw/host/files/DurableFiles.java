package io.aitbc.openclaw.host.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/**
 * Files that a reader finds with the old bytes or the new ones, whenever a process is killed or the power fails, and that are on
 * disk when a method returns.
 */
public final class DurableFiles {
    private static final String DRAFT = ".new";
    /** No draft takes that long: one that is older was left by a process that died. */
    private static final Duration OLDEST_DRAFT = Duration.ofMinutes(1);

    private DurableFiles() {}

    /** Creates a folder, and those above it that are missing, for their owner only. */
    public static Path folder(Path folder) throws IOException {
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return isPosix(existing)
                ? Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
                : Files.createDirectories(folder);
    }

    /** Puts bytes in the place of a file, in one step; creates the folder when it is missing. */
    public static void write(Path file, byte[] bytes) throws IOException {
        Path target = file.toAbsolutePath();
        Path _ = Files.createDirectories(target.resolveSibling(""));
        Path draft = draft(target);
        try {
            Path _ = Files.write(draft, bytes, StandardOpenOption.CREATE_NEW);
            publish(draft, target);
        } finally {
            boolean _ = Files.deleteIfExists(draft);
        }
    }

    /** Puts a copy of a file in the place of another, in one step. */
    public static void copy(Path source, Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Path draft = draft(target);
        try {
            Path _ = Files.copy(source, draft);
            publish(draft, target);
        } finally {
            boolean _ = Files.deleteIfExists(draft);
        }
    }

    /** Puts a file in the place of another of its folder, in one step. */
    public static void move(Path source, Path target) throws IOException {
        Path _ = Files.move(source, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(target.toAbsolutePath().resolveSibling(""));
    }

    private static void publish(Path draft, Path target) throws IOException {
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        move(draft, target);
    }

    /** A name of its own for each process and write; with the leading dot it is no plugin. */
    private static Path draft(Path target) throws IOException {
        String prefix = "." + target.getFileName() + ".";
        sweep(target.resolveSibling(""), prefix);
        String unique = ProcessHandle.current().pid() + "-" + System.nanoTime();
        return target.resolveSibling(prefix + unique + DRAFT);
    }

    private static void sweep(Path folder, String prefix) throws IOException {
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder, file -> {
            String name = String.valueOf(file.getFileName());
            return name.startsWith(prefix) && name.endsWith(DRAFT);
        })) {
            for (Path draft : drafts) {
                Duration age = Duration.ofMillis(System.currentTimeMillis()
                        - Files.getLastModifiedTime(draft).toMillis());
                if (age.compareTo(OLDEST_DRAFT) > 0) {
                    boolean _ = Files.deleteIfExists(draft);
                }
            }
        } catch (java.nio.file.NoSuchFileException e) {
            // Another process was faster.
        }
    }

    /** Adds to the end. */
    public static void append(Path file, byte[] bytes) throws IOException {
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
        if (isPosix(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static boolean isPosix(Path existing) throws IOException {
        return Files.getFileStore(existing).supportsFileAttributeView("posix");
    }
}
