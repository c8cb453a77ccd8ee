package io.aitbc.openclaw.provider.ledger;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.OpenClawException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * An append-only file of lines, shared by all who spend from the same account: other extensions of this plugin, the
 * generation that a hot reload is about to replace, other hosts. Every access holds the file's lock and first reads what
 * others appended.
 *
 * <p>Lines that are appended together are on disk before any of their writers goes on. A last line without its end is what a
 * crash leaves behind; its writer never learned that it was written, so it is cut off. The file is opened for each access, because an interrupt closes a channel for good.
 *
 * <p>Within one JVM a monitor comes first, and it has to be one that plugins of different class loaders share. A file lock
 * alone would not do: POSIX drops all locks of a process on a file as soon as the process closes any descriptor of it.
 */
class Journal {
    private static final Duration LOCK_LIMIT = Duration.ofSeconds(10);
    private static final long LOCK_PAUSE_NANOS = 200_000;
    private static final int LONGEST_READ = 256 * 1024 * 1024;

    private final Path file;
    private final String monitor;
    private long read;
    private long lines;

    Journal(Path file) {
        this.file = file;
        create();
        this.monitor = ("aitbc-ledger " + realPath()).intern();
    }

    /** What to do while the lock is held. */
    interface Access {
        /**
         * @param firstLine number of the first of them in the file
         * @param appended complete lines that were written since the last access, without their ends
         * @return the lines to append, each with its end, or the empty text
         */
        String run(long firstLine, List<String> appended);
    }

    void access(Access access) {
        synchronized (monitor) {
            accessAlone(access);
        }
    }

    private void accessAlone(Access access) {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw");
                FileLock lock = lock(open.getChannel())) {
            assert lock.isValid();
            List<String> appended = readNew(open);
            String more = access.run(lines - appended.size() + 1, appended);
            if (!more.isEmpty()) {
                append(open, more);
            }
        } catch (IOException e) {
            throw broken("cannot be used: " + FailureReason.of(e), e);
        }
    }

    OpenClawException broken(String what, Exception cause) {
        return new OpenClawException(ErrorCode.INTERNAL, "The spending ledger %s %s".formatted(file, what), cause);
    }

    private List<String> readNew(RandomAccessFile open) throws IOException {
        long length = open.length();
        if (length < read) {
            throw broken(
                    "became shorter while in use: restore it, or restart to accept it as it is", new IOException());
        }
        if (length - read > LONGEST_READ) {
            throw broken("is too large: move it away", new IOException());
        }
        byte[] bytes = new byte[(int) (length - read)];
        open.seek(read);
        open.readFully(bytes);
        List<String> complete = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                complete.add(new String(bytes, start, i - start, StandardCharsets.UTF_8));
                start = i + 1;
            }
        }
        read += start;
        lines += complete.size();
        return complete;
    }

    /** The same file, of which nothing was read yet. */
    Journal again() {
        return new Journal(file);
    }

    /** Forgets what was read: the next access reads the file from its start. */
    void rewind() {
        read = 0;
        lines = 0;
    }

    private void append(RandomAccessFile open, String more) throws IOException {
        byte[] bytes = more.getBytes(StandardCharsets.UTF_8);
        if (open.length() > read) {
            open.setLength(read);
        }
        open.seek(read);
        open.write(bytes);
        open.getFD().sync();
        read += bytes.length;
        lines += more.lines().count();
    }

    /** Not {@link FileChannel#lock()}: an interrupt would close the channel in the middle of it. */
    private FileLock lock(FileChannel channel) throws IOException {
        long end = System.nanoTime() + LOCK_LIMIT.toNanos();
        boolean interrupted = Thread.interrupted();
        try {
            for (FileLock lock = channel.tryLock(); ; lock = channel.tryLock()) {
                if (lock != null) {
                    return lock;
                }
                if (System.nanoTime() > end) {
                    throw broken("is locked by another process", new IOException());
                }
                LockSupport.parkNanos(LOCK_PAUSE_NANOS);
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private String realPath() {
        try {
            return file.toRealPath().toString();
        } catch (IOException e) {
            throw broken("cannot be found: " + FailureReason.of(e), e);
        }
    }

    private void create() {
        try {
            if (Files.exists(file)) {
                return;
            }
            Files.createDirectories(file.toAbsolutePath().getParent());
            try {
                if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                    Files.createFile(
                            file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                } else {
                    Files.createFile(file);
                }
            } catch (java.nio.file.FileAlreadyExistsException e) {
                return;
            }
            syncFolder();
        } catch (IOException e) {
            throw broken("cannot be created: " + FailureReason.of(e), e);
        }
    }

    /** Makes the new file's name durable, where the system lets a folder be opened. */
    private void syncFolder() {
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            // Windows cannot open folders; its file systems write names themselves.
        }
    }
}
