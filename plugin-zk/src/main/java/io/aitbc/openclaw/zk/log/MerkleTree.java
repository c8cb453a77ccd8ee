package io.aitbc.openclaw.zk.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The hashes of a log, those of all whole subtrees included: about 64 bytes a leaf, and a proof needs no more than a few dozen
 * hashes. Not for several threads at once.
 */
public final class MerkleTree {
    private final LogHash hash = new LogHash();
    /** At level k, the roots of the whole subtrees of 2^k leaves, one after the other. */
    private final List<byte[]> levels = new ArrayList<>();

    private int size;

    /** How many leaves there are. */
    public int size() {
        return size;
    }

    /** Adds the hash of a leaf's bytes. */
    public void append(byte[] data, int offset, int length) {
        byte[] node = hash.leaf(data, offset, length);
        int index = size;
        for (int level = 0; ; level++) {
            put(level, index, node);
            if ((index & 1) == 0) {
                break;
            }
            node = hash.node(get(level, index - 1), node);
            index >>= 1;
        }
        size++;
    }

    public void append(byte[] data) {
        append(data, 0, data.length);
    }

    /** Hash of the tree of the first leaves. */
    public byte[] root(int leaves) {
        requireRange(leaves, 0, size);
        return leaves == 0 ? hash.empty() : subtree(0, leaves);
    }

    /** The hashes that lead from a leaf to the root of the first leaves, lowest first (section 2.1.3.1). */
    public List<byte[]> inclusion(int index, int leaves) {
        requireRange(leaves, 1, size);
        requireRange(index, 0, leaves - 1);
        List<byte[]> path = new ArrayList<>();
        inclusion(index, 0, leaves, path);
        return path;
    }

    private void inclusion(int index, int start, int end, List<byte[]> path) {
        if (end - start == 1) {
            return;
        }
        int middle = start + split(end - start);
        if (index < middle) {
            inclusion(index, start, middle, path);
            path.add(subtree(middle, end));
        } else {
            inclusion(index, middle, end, path);
            path.add(subtree(start, middle));
        }
    }

    /** What shows that the tree of the first leaves only grew into a larger one (section 2.1.4.1). */
    public List<byte[]> consistency(int first, int second) {
        requireRange(second, 1, size);
        requireRange(first, 1, second);
        List<byte[]> path = new ArrayList<>();
        if (first < second) {
            consistency(first, 0, second, true, path);
        }
        return path;
    }

    /** @param known whether the verifier has the hash of the subtree that the first leaves form here */
    private void consistency(int first, int start, int end, boolean known, List<byte[]> path) {
        if (first == end - start) {
            if (!known) {
                path.add(subtree(start, end));
            }
            return;
        }
        int left = split(end - start);
        if (first <= left) {
            consistency(first, start, start + left, known, path);
            path.add(subtree(start + left, end));
        } else {
            consistency(first - left, start + left, end, false, path);
            path.add(subtree(start, start + left));
        }
    }

    private byte[] subtree(int start, int end) {
        int width = end - start;
        if (Integer.bitCount(width) == 1) {
            int level = Integer.numberOfTrailingZeros(width);
            return get(level, start >> level);
        }
        int middle = start + split(width);
        return hash.node(subtree(start, middle), subtree(middle, end));
    }

    /** The largest power of two below a width of at least 2. */
    private static int split(int width) {
        return Integer.highestOneBit(width - 1);
    }

    private byte[] get(int level, int index) {
        int offset = index * LogHash.BYTES;
        return Arrays.copyOfRange(levels.get(level), offset, offset + LogHash.BYTES);
    }

    private void put(int level, int index, byte[] node) {
        if (level == levels.size()) {
            levels.add(new byte[64 * LogHash.BYTES]);
        }
        int offset = index * LogHash.BYTES;
        byte[] hashes = levels.get(level);
        if (offset == hashes.length) {
            hashes = Arrays.copyOf(hashes, hashes.length * 2);
            levels.set(level, hashes);
        }
        System.arraycopy(node, 0, hashes, offset, LogHash.BYTES);
    }

    private static void requireRange(int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%d is not within %d to %d".formatted(value, least, most));
        }
    }
}
