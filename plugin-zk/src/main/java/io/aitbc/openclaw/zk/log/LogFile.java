package io.aitbc.openclaw.zk.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of a log, which one has open at a time. */
final class LogFile implements AutoCloseable {
    private static final int FIRST_READ = 2048;

    /** Takes the entries as they are read. */
    interface Reader {
        /** @param bytes head, keys and leaf */
        void entry(Frame frame, byte[] bytes, long offset) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(LogFile.class);
    private static final int SCANNED_AT_A_TIME = 1 << 20;

    private final Path path;
    private final LogDisk disk;
    private final LogLock lock;
    private final FileChannel channel;
    private volatile long end;
    /** Whether something may stand behind the end. */
    private boolean untidy;

    private LogFile(Path path, LogDisk disk, LogLock lock, FileChannel channel) throws IOException {
        this.path = path;
        this.disk = disk;
        this.lock = lock;
        this.channel = channel;
        this.end = channel.size();
    }

    /** @param patience how long to wait for another who has it open */
    static LogFile open(Path path, Duration patience, LogDisk disk) throws IOException {
        LogLock lock = LogLock.of(path, patience);
        try {
            if (!Files.exists(path)) {
                disk.create(path).close();
                disk.syncFolderOf(path);
            }
            FileChannel channel = disk.open(path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
            return new LogFile(path, disk, lock, channel);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Reads all entries, and cuts off what follows the last whole one: an entry whose writing was cut short, which nobody was
     * told of. What is cut off is kept beside the file.
     *
     * @param certain as many entries have to be there and whole
     * @throws IOException when one of the certain ones is not, or one that others say was on disk before them
     */
    void read(long certain, Reader reader) throws IOException {
        long offset = 0;
        long count = 0;
        for (Found found = whole(offset, certain > 0); found != null; found = whole(offset, count < certain)) {
            reader.entry(found.frame(), found.bytes(), offset);
            offset += found.frame().length();
            count++;
        }
        if (offset < end) {
            refuseEarlierForm(offset);
        }
        if (count < certain) {
            throw new IOException(
                    "%s is damaged or was replaced by an older one: it has %d whole entries, a checkpoint says %d; restore it from a copy"
                            .formatted(path, count, certain));
        }
        if (offset < end) {
            refuseDamage(offset, count);
            cut(offset);
        } else if (count > certain) {
            channel.force(true); // a process that was killed may have written entries and synced none
        }
    }

    /** @param bytes head, keys and leaf at least */
    private record Found(Frame frame, byte[] bytes) {}

    /** Null when there is none at this place. */
    private @Nullable Found whole(long offset, boolean onlyHead) throws IOException {
        if (end - offset < Frame.HEAD) {
            return null;
        }
        byte[] bytes = readUpTo(channel, offset, FIRST_READ);
        Frame frame = Frame.of(ByteBuffer.wrap(bytes));
        if (!frame.isPossible() || offset + frame.length() > end) {
            return null;
        }
        if (bytes.length < frame.headLength()) {
            bytes = readUpTo(channel, offset, frame.headLength());
        }
        boolean whole = frame.isWhole(bytes) && (onlyHead || frame.isWholeDocument(document(frame, offset)));
        return whole ? new Found(frame, bytes) : null;
    }

    private void refuseEarlierForm(long offset) throws IOException {
        if (offset == 0 && end >= Frame.HEAD && Frame.isOfEarlierForm(readUpTo(channel, 0, Frame.HEAD))) {
            throw new IOException(
                    "%s was written by an earlier version, in a form that is not read any more; move %s away to begin a new log"
                            .formatted(path, path.resolveSibling("")));
        }
    }

    /**
     * An entry that was being written when the power went off is followed by others of the same write at most. One that was written when
     * this place was on disk already shows that an entry was lost later.
     */
    private void refuseDamage(long bad, long count) throws IOException {
        for (long at = bad + 1; end - at >= Frame.HEAD; at += SCANNED_AT_A_TIME) {
            byte[] bytes = readUpTo(channel, at, SCANNED_AT_A_TIME + Frame.HEAD);
            for (int i = 0; i < SCANNED_AT_A_TIME && i + Frame.HEAD <= bytes.length; i++) {
                Found later = Frame.startsAt(bytes, i) ? whole(at + i, false) : null;
                if (later != null && later.frame().synced() > bad) {
                    throw new IOException(
                            "%s is damaged at entry %d, byte %d: what follows was written when that was on disk; restore it from a copy"
                                    .formatted(path, count, bad));
                }
            }
        }
    }

    private byte[] document(Frame frame, long offset) throws IOException {
        return readUpTo(channel, offset + frame.headLength(), frame.documentLength());
    }

    private void cut(long offset) throws IOException {
        Path kept = path.resolveSibling("torn-" + offset);
        Files.deleteIfExists(kept);
        try (FileChannel out = disk.create(kept)) {
            for (long at = offset; at < end; ) {
                at += channel.transferTo(at, end - at, out);
            }
            out.force(true);
        }
        disk.syncFolderOf(kept);
        LOG.atWarn()
                .addKeyValue("log", path)
                .addKeyValue("at", offset)
                .addKeyValue("bytes", end - offset)
                .addKeyValue("kept", kept)
                .log("the end of the proof log was not written whole and is cut off");
        channel.truncate(offset);
        channel.force(true);
        end = offset;
    }

    /**
     * Reads entries again, one at a time.
     *
     * @param first index of the first
     * @throws IOException when one is not as it was written
     */
    <R> List<R> entries(int first, long[] offsets, DurableLog.Use<R> use) throws IOException {
        List<R> results = new ArrayList<>(offsets.length);
        // A channel of its own: an interrupt of the calling thread closes it.
        try (FileChannel reading = FileChannel.open(path, StandardOpenOption.READ)) {
            for (long offset : offsets) {
                results.add(use.use(entry(reading, first + results.size(), offset)));
            }
        }
        return results;
    }

    private DurableLog.Entry entry(FileChannel reading, int index, long offset) throws IOException {
        byte[] bytes = readUpTo(reading, offset, FIRST_READ);
        Frame frame = Frame.of(ByteBuffer.wrap(bytes));
        if (frame.isPossible() && bytes.length < frame.headLength()) {
            bytes = readUpTo(reading, offset, frame.headLength());
        }
        if (frame.isPossible() && frame.isWhole(bytes)) {
            byte[] document = readUpTo(reading, offset + frame.headLength(), frame.documentLength());
            if (frame.isWholeDocument(document)) {
                byte[] leaf = Arrays.copyOfRange(bytes, frame.leafStart(), frame.headLength());
                return new DurableLog.Entry(index, leaf, document);
            }
        }
        throw new IOException("%s is damaged at entry %d; restore it from a copy".formatted(path, index));
    }

    private byte[] readUpTo(FileChannel reading, long offset, int most) throws IOException {
        int length = (int) Math.min(most, end - offset);
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (reading.read(buffer, offset + buffer.position()) < 0) {
                throw new IOException("%s ends at byte %d".formatted(path, offset + buffer.position()));
            }
        }
        return buffer.array();
    }

    long end() {
        return end;
    }

    /**
     * Writes at the end, all or nothing; returns when it is on disk. What is left of one that failed, as the disk is full perhaps, is taken
     * away before the next.
     */
    void append(ByteBuffer[] frames) throws IOException {
        clear();
        untidy = true;
        long start = end;
        channel.position(start);
        long length = 0;
        for (ByteBuffer frame : frames) {
            length += frame.remaining();
        }
        for (long written = 0; written < length; ) {
            written += channel.write(frames);
        }
        channel.force(false);
        untidy = false;
        end = start + length;
    }

    /** After a sync that failed nobody knows what is on disk: it is not asked again whether it is, but removed. */
    private void clear() throws IOException {
        if (untidy) {
            channel.truncate(end);
            channel.force(true);
            untidy = false;
        }
    }

    @Override
    public void close() throws IOException {
        try (lock;
                channel) {
            clear();
        }
    }
}
