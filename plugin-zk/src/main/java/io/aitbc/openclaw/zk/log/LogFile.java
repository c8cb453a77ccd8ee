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

/** The file of a log, which one has open at a time. */
final class LogFile implements AutoCloseable {
    private static final int FIRST_READ = 2048;

    /** Takes the entries as they are read. */
    interface Reader {
        /** @param bytes head, keys and leaf */
        void entry(Frame frame, byte[] bytes, long offset) throws IOException;
    }

    private final Path path;
    private final LogLock lock;
    private final FileChannel channel;
    private volatile long end;

    private LogFile(Path path, LogLock lock, FileChannel channel) throws IOException {
        this.path = path;
        this.lock = lock;
        this.channel = channel;
        this.end = channel.size();
    }

    /** @param patience how long to wait for another who has it open */
    static LogFile open(Path path, Duration patience) throws IOException {
        LogLock lock = LogLock.of(path, patience);
        try {
            if (!Files.exists(path)) {
                create(path);
            }
            return new LogFile(path, lock, FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static void create(Path path) throws IOException {
        Files.createFile(path, SecretFile.ownerOnly(path));
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }

    /**
     * Reads all entries, and cuts off what follows the last whole one: an entry whose writing was cut short, which nobody was
     * told of. What is cut off is kept beside the file.
     *
     * @param certain as many entries have to be there and whole
     * @throws IOException when one of the certain ones is not
     */
    void read(long certain, Reader reader) throws IOException {
        long offset = 0;
        long count = 0;
        while (offset < end) {
            byte[] bytes = readUpTo(channel, offset, FIRST_READ);
            if (bytes.length < Frame.HEAD) {
                break;
            }
            Frame frame = Frame.of(ByteBuffer.wrap(bytes));
            if (!frame.isPossible() || offset + frame.length() > end) {
                break;
            }
            if (bytes.length < frame.headLength()) {
                bytes = readUpTo(channel, offset, frame.headLength());
            }
            boolean whole = frame.isWhole(bytes) && (count < certain || frame.isWholeDocument(document(frame, offset)));
            if (!whole) {
                break;
            }
            reader.entry(frame, bytes, offset);
            offset += frame.length();
            count++;
        }
        if (count < certain) {
            throw new IOException(
                    "%s is damaged or was replaced by an older one: it has %d whole entries, a checkpoint says %d; restore it from a copy"
                            .formatted(path, count, certain));
        }
        if (offset < end) {
            cut(offset);
        }
    }

    private byte[] document(Frame frame, long offset) throws IOException {
        return readUpTo(channel, offset + frame.headLength(), frame.documentLength());
    }

    private void cut(long offset) throws IOException {
        Path kept = path.resolveSibling("torn-" + offset);
        Files.deleteIfExists(kept);
        Files.createFile(kept, SecretFile.ownerOnly(kept));
        try (FileChannel out = FileChannel.open(kept, StandardOpenOption.WRITE)) {
            for (long at = offset; at < end; ) {
                at += channel.transferTo(at, end - at, out);
            }
        }
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

    /** Writes at the end, without a sync. */
    void write(ByteBuffer[] frames) throws IOException {
        long start = end;
        channel.position(start);
        long length = 0;
        for (ByteBuffer frame : frames) {
            length += frame.remaining();
        }
        for (long written = 0; written < length; ) {
            written += channel.write(frames);
        }
        end = start + length;
    }

    void sync() throws IOException {
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            channel.close();
        }
    }
}
