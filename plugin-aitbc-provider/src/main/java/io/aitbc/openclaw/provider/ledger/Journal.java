package io.aitbc.openclaw.provider.ledger;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.OpenClawException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only file of lines, shared by all who spend from the same account: other extensions of this plugin, the
 * generation that a hot reload is about to replace, other hosts. Every access holds a lock and first reads what others
 * appended.
 *
 * <p>Lines that are appended together are on disk before any of their writers goes on. A last line without its end is what a
 * crash leaves behind; its writer never learned that it was written, so it is cut off. The file is opened for each access, because an interrupt closes a channel for good.
 *
 * <p>A file that grew long is put aside, whole, as one of the {@link JournalSegments}, and the next one begins with what still counts.
 *
 * <p>Within one JVM a monitor comes first, and it has to be one that plugins of different class loaders share. A file lock
 * alone would not do: POSIX drops all locks of a process on a file as soon as the process closes any descriptor of it. The lock is that
 * of a file of its own, which is never put aside.
 */
class Journal {
    /** Reading one takes about a second. */
    static final long SEGMENT_BYTES = 64L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final Duration LOCK_LIMIT = Duration.ofSeconds(10);
    private static final long LOCK_PAUSE_NANOS = 200_000;
    private static final int LONGEST_READ = 256 * 1024 * 1024;

    private final Path file;
    private final JournalSegments segments;
    private final long segmentBytes;
    private final String monitor;
    private int segment;
    private long read;
    private long lines;
    private long longFrom;

    Journal(Path file) {
        this(file, SEGMENT_BYTES);
    }

    /** @param segmentBytes how long a file becomes before it is put aside */
    Journal(Path file, long segmentBytes) {
        this.file = file;
        this.segmentBytes = segmentBytes;
        segments = new JournalSegments(file);
        longFrom = segmentBytes;
        try {
            segments.create();
            this.monitor = ("aitbc-ledger " + file.toRealPath()).intern();
        } catch (IOException e) {
            throw broken("cannot be created: " + FailureReason.of(e), e);
        }
    }

    Path file() {
        return file;
    }

    /**
     * Complete lines that were written since the last access.
     *
     * @param first number of the first of them in the file
     * @param anew whether they are all that counts: what was read before is void
     * @param texts without their ends
     */
    record Lines(long first, boolean anew, List<String> texts) {}

    /** What to do while the lock is held. */
    interface Access {
        /** @return the lines to append, each with its end, or the empty text */
        String run(Lines lines);
    }

    void access(Access access) {
        locked(() -> {
            Lines appended;
            try (RandomAccessFile open = open()) {
                appended = readNew(open);
                String more = access.run(appended);
                if (!more.isEmpty()) {
                    append(open, more);
                }
            }
        });
    }

    /** Whether what was read is so long that it should be {@link #cut}. */
    boolean isLong() {
        return read >= longFrom;
    }

    /**
     * Puts the file aside and begins the next one, unless somebody else just did. One that cannot be put aside only grows on.
     *
     * @param access is given what is new, and appends nothing
     * @param carried all lines that still count, each with its end; asked after that
     */
    void cut(Access access, Supplier<String> carried) {
        locked(() -> {
            byte[] next;
            try (RandomAccessFile open = open()) {
                String _ = access.run(readNew(open));
                if (!isLong()) {
                    return;
                }
                next = carried.get().getBytes(StandardCharsets.UTF_8);
            }
            longFrom = Math.max(segmentBytes, 2L * next.length);
            if (isLong()) {
                begin(next);
            }
        });
    }

    private void begin(byte[] next) {
        try {
            JournalSegments.Begun begun = segments.begin(segment, next);
            segment = begun.number();
            read = begun.length();
            lines = begun.lines();
        } catch (IOException e) {
            longFrom = read + segmentBytes / 8;
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .log("the spending ledger cannot be put aside and grows on: {}", FailureReason.of(e));
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private void locked(Step step) {
        synchronized (monitor) {
            try (RandomAccessFile guard =
                            new RandomAccessFile(segments.lockFile().toFile(), "rw");
                    FileLock lock = lock(guard.getChannel())) {
                assert lock.isValid();
                step.run();
            } catch (IOException e) {
                throw broken("cannot be used: " + FailureReason.of(e), e);
            }
        }
    }

    private RandomAccessFile open() throws IOException {
        return new RandomAccessFile(file.toFile(), "rw");
    }

    OpenClawException broken(String what, Exception cause) {
        return broken(file, what, cause);
    }

    static OpenClawException broken(Path part, String what, Exception cause) {
        return new OpenClawException(ErrorCode.INTERNAL, "The spending ledger %s %s".formatted(part, what), cause);
    }

    private Lines readNew(RandomAccessFile open) throws IOException {
        int now = JournalSegments.numberOf(open);
        boolean anew = now != segment;
        if (anew) {
            rewind();
        }
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
        // Only now: whoever fails before is told once more that all is anew.
        segment = now;
        read += start;
        lines += complete.size();
        return new Lines(lines - complete.size() + 1, anew, complete);
    }

    /** Looks at the lines of one of the files. */
    interface Reading {
        void read(Path part, Lines lines);
    }

    /** The lines of all files, oldest first, also of those that were put aside. Nobody waits but for the last one. */
    void everything(Reading reading) {
        List<Path> aside = new ArrayList<>();
        List<Lines> current = new ArrayList<>();
        locked(() -> {
            aside.addAll(segments.aside());
            current.add(fromStart(file));
        });
        for (Path part : aside) {
            try {
                reading.read(part, fromStart(part));
            } catch (IOException e) {
                throw broken(part, "cannot be read: " + FailureReason.of(e), e);
            }
        }
        current.forEach(lines -> reading.read(file, lines));
    }

    private Lines fromStart(Path one) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(one.toFile(), "r")) {
            return new Journal(file, segmentBytes).readNew(open);
        }
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
}
