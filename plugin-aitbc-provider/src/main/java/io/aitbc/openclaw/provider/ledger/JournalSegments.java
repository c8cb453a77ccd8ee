package io.aitbc.openclaw.provider.ledger;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a journal: the one that is written, and those that were put aside, with a number behind their names. A file
 * that is not the first one says in its first line which it is.
 */
final class JournalSegments {
    private static final Pattern NUMBER = Pattern.compile("\\.([0-9]{6})");
    private static final Pattern BEGINNING = Pattern.compile("\\{\"v\":1,\"segment\":([0-9]{1,9})}\n");
    private static final int LONGEST_BEGINNING = 40;

    private final Path file;

    JournalSegments(Path file) {
        this.file = file.toAbsolutePath();
    }

    /** Whoever reads or writes the file holds the lock of this one. */
    Path lockFile() {
        return file.resolveSibling(file.getFileName() + ".lock");
    }

    void create() throws IOException {
        Files.createDirectories(folder());
        boolean lockMade = create(lockFile());
        if (create(file) || lockMade) {
            syncFolder();
        }
    }

    private Path folder() {
        return file.resolveSibling(".").normalize();
    }

    /** @return whether it was not there; only its owner may read it */
    private static boolean create(Path path) throws IOException {
        if (Files.exists(path)) {
            return false;
        }
        try {
            if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(path);
            }
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /** Zero for the first one. */
    static int numberOf(RandomAccessFile open) throws IOException {
        byte[] bytes = new byte[LONGEST_BEGINNING];
        open.seek(0);
        int read = 0;
        for (int more = open.read(bytes); more > 0; more = open.read(bytes, read, bytes.length - read)) {
            read += more;
        }
        Matcher beginning = BEGINNING.matcher(new String(bytes, 0, read, StandardCharsets.UTF_8));
        return beginning.lookingAt() ? Integer.parseInt(beginning.group(1)) : 0;
    }

    /** Those that were put aside, oldest first. */
    List<Path> aside() throws IOException {
        String name = String.valueOf(file.getFileName());
        try (Stream<Path> files = Files.list(folder())) {
            return files.filter(path -> {
                        String other = String.valueOf(path.getFileName());
                        return other.startsWith(name)
                                && NUMBER.matcher(other.substring(name.length()))
                                        .matches();
                    })
                    .sorted()
                    .toList();
        }
    }

    /** @param length in bytes */
    record Begun(int number, long length, long lines) {}

    /**
     * Puts the file aside, and begins the next one, as one step: whenever this is cut off, the file is the old one or the new
     * one, and nothing that was written is lost.
     *
     * @param number of the file that is there
     * @param carried the lines that the next one begins with
     */
    Begun begin(int number, byte[] carried) throws IOException {
        int next = Math.max(number, lastAside()) + 1;
        byte[] beginning = "{\"v\":1,\"segment\":%d}\n".formatted(next).getBytes(StandardCharsets.UTF_8);
        Path draft = file.resolveSibling(file.getFileName() + ".next");
        Files.deleteIfExists(draft);
        boolean _ = create(draft);
        try {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                write(channel, beginning);
                write(channel, carried);
                channel.force(true);
            }
            keep(file.resolveSibling("%s.%06d".formatted(file.getFileName(), next)));
            syncFolder();
            Path _ = Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            syncFolder();
        } finally {
            Files.deleteIfExists(draft);
        }
        return new Begun(next, beginning.length + (long) carried.length, 1 + lines(carried));
    }

    private int lastAside() throws IOException {
        List<Path> aside = aside();
        if (aside.isEmpty()) {
            return 0;
        }
        String name = String.valueOf(aside.getLast().getFileName());
        return Integer.parseInt(name.substring(name.length() - 6));
    }

    /** Under another name too; a copy where the file system has no second names. */
    private void keep(Path aside) throws IOException {
        try {
            Files.createLink(aside, file);
        } catch (UnsupportedOperationException | FileSystemException e) {
            copyTo(aside);
        }
    }

    /** Whole or not at all. */
    private void copyTo(Path aside) throws IOException {
        try {
            Files.copy(file, aside, StandardCopyOption.COPY_ATTRIBUTES);
            try (FileChannel copy = FileChannel.open(aside, StandardOpenOption.WRITE)) {
                copy.force(true);
            }
        } catch (IOException e) {
            Files.deleteIfExists(aside);
            throw e;
        }
    }

    private static void write(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            int _ = channel.write(left);
        }
    }

    private static long lines(byte[] bytes) {
        long count = 0;
        for (byte each : bytes) {
            if (each == '\n') {
                count++;
            }
        }
        return count;
    }

    /** Makes new names durable, where the system lets a folder be opened. */
    private void syncFolder() {
        try (FileChannel channel = FileChannel.open(folder(), StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows cannot open folders; its file systems write names themselves.
        }
    }
}
