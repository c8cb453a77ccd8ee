package io.aitbc.openclaw.zk.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A Merkle log on disk. An entry is a leaf, which the tree is made of, a document that belongs to it, and keys it is found by.
 *
 * <p>{@link #append} returns once the entry is synced to disk; callers that wait at the same time share a sync. A checkpoint is on
 * disk before anybody sees it, so that a log which was put back or replaced is recognised when it is opened.
 */
public final class DurableLog implements AutoCloseable {
    private static final int MOST_LEAVES = 1 << 25;
    private static final String CHECKPOINT = "checkpoint";

    /** @param document as it was appended */
    public record Entry(int index, byte[] leaf, byte[] document) {}

    /** Makes something of an entry. */
    public interface Use<R> {
        R use(Entry entry) throws IOException;
    }

    private final Path folder;
    private final LogKey key;
    private final LogDisk disk;
    private final LogFile file;
    private final MerkleTree tree = new MerkleTree();
    private final Map<String, Integer> byKey = new HashMap<>();
    private long[] offsets = new long[1024];
    private final AppendQueue queue;
    private boolean closed;

    private DurableLog(Path folder, LogKey key, LogFile file, LogDisk disk) {
        this.disk = disk;
        this.folder = folder;
        this.key = key;
        this.file = file;
        this.queue = new AppendQueue(this::commit);
    }

    /**
     * Opens the log in a folder; a new one when there is none.
     *
     * @param patience how long to wait for another that has it open
     * @throws IOException when it is in use, damaged, or not the log of which the last checkpoint tells
     */
    public static DurableLog open(Path folder, LogKey key, Duration patience) throws IOException {
        return open(folder, key, patience, new LogDisk());
    }

    static DurableLog open(Path folder, LogKey key, Duration patience, LogDisk disk) throws IOException {
        LogFile file = LogFile.open(folder.resolve("log"), patience, disk);
        try {
            Optional<Checkpoint> last = lastCheckpoint(folder, key);
            DurableLog log = new DurableLog(folder, key, file, disk);
            file.read(last.map(Checkpoint::size).orElse(0L), log::add);
            if (last.isPresent()
                    && !Arrays.equals(
                            log.tree.root((int) last.get().size()), last.get().root())) {
                throw new IOException("%s is not the log of which %s tells: restore both from one copy"
                        .formatted(folder.resolve("log"), folder.resolve(CHECKPOINT)));
            }
            log.queue.start();
            return log;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static Optional<Checkpoint> lastCheckpoint(Path folder, LogKey key) throws IOException {
        Path path = folder.resolve(CHECKPOINT);
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        String note = Files.size(path) > 4096 ? "" : Files.readString(path, StandardCharsets.UTF_8);
        return Optional.of(Checkpoint.verified(note, key.publicKey())
                .orElseThrow(() -> new IOException(
                        "%s is not a checkpoint that this host's key signed: restore log, checkpoint and key from one copy"
                                .formatted(path))));
    }

    private void add(Frame frame, byte[] bytes, long offset) throws IOException {
        int index = tree.size();
        if (index >= MOST_LEAVES) {
            throw new IOException("the log in %s is full: it has %d entries".formatted(folder, index));
        }
        if (index == offsets.length) {
            offsets = Arrays.copyOf(offsets, index * 2);
        }
        offsets[index] = offset;
        frame.keys(bytes).forEach(name -> byKey.put(name, index));
        tree.append(bytes, frame.leafStart(), frame.leafLength());
    }

    /**
     * Adds an entry; returns its index once it is on disk.
     *
     * @param keys texts of one line
     * @throws IOException when it is not in the log; it may be tried again. Only when the process is killed right then, it may be there after all
     */
    public int append(List<String> keys, byte[] leaf, byte[] document) throws IOException {
        if (keys.stream().anyMatch(name -> name.isEmpty() || name.indexOf('\n') >= 0)) {
            throw new IllegalArgumentException("a key of the log must be a line of text");
        }
        return queue.append(Frame.write(keys, leaf, document));
    }

    private int commit(List<byte[]> frames) throws IOException {
        long offset = file.end();
        if (tree.size() + frames.size() > MOST_LEAVES) {
            throw new IOException("the log in %s is full: it has %d entries".formatted(folder, tree.size()));
        }
        // What callers were told of lies before this place.
        frames.forEach(frame -> Frame.seal(frame, file.end()));
        file.append(frames.stream().map(ByteBuffer::wrap).toArray(ByteBuffer[]::new));
        synchronized (this) {
            int first = tree.size();
            for (byte[] frame : frames) {
                add(Frame.of(ByteBuffer.wrap(frame)), frame, offset);
                offset += frame.length;
            }
            return first;
        }
    }

    /** How many entries are on disk. */
    public synchronized int size() {
        return tree.size();
    }

    /** Index of the last entry with this key. */
    public synchronized OptionalInt find(String name) {
        Integer index = byKey.get(name);
        return index == null ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /** @throws IOException when it cannot be read or is not as it was written */
    public Entry read(int index) throws IOException {
        if (index < 0 || index >= size()) {
            throw new IllegalArgumentException("the log has no entry " + index);
        }
        return read(index, 1, entry -> entry).getFirst();
    }

    /**
     * Reads entries in their order, of which one is in memory at a time.
     *
     * @param first index of the first
     * @throws IOException when one cannot be read or is not as it was written
     */
    public <R> List<R> read(long first, int most, Use<R> use) throws IOException {
        int start;
        long[] places;
        synchronized (this) {
            start = Math.clamp(first, 0, tree.size());
            places = Arrays.copyOfRange(offsets, start, start + Math.clamp(most, 0, tree.size() - start));
        }
        return file.entries(start, places, use);
    }

    /** A checkpoint of the first leaves: the one that was handed out when there were no more. */
    public synchronized Checkpoint checkpointOf(int leaves) {
        return Checkpoint.sign(key, leaves, tree.root(leaves));
    }

    /** A checkpoint of all that is on disk. */
    public synchronized Checkpoint checkpoint() throws IOException {
        if (closed) {
            throw new IOException("the log is closed");
        }
        Checkpoint checkpoint = checkpointOf(tree.size());
        disk.replace(folder.resolve(CHECKPOINT), checkpoint.note().getBytes(StandardCharsets.UTF_8));
        return checkpoint;
    }

    /** See {@link MerkleTree#root}. */
    public synchronized byte[] root(int leaves) {
        return tree.root(leaves);
    }

    /** See {@link MerkleTree#inclusion}. */
    public synchronized List<byte[]> inclusion(int index, int size) {
        return tree.inclusion(index, size);
    }

    /** See {@link MerkleTree#consistency}; empty for a first of 0, which every log follows from. */
    public synchronized List<byte[]> consistency(int first, int second) {
        return first == 0 ? List.of() : tree.consistency(first, second);
    }

    /** Writes what waits, and takes nothing more. What is there can still be read. */
    @Override
    public void close() throws IOException {
        queue.close();
        synchronized (this) {
            if (closed) {
                return;
            }
            try (file) {
                if (size() > 0) {
                    Checkpoint _ = checkpoint();
                }
            } finally {
                closed = true;
            }
        }
    }
}
