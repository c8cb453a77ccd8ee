package io.aitbc.openclaw.zk.log;

import java.security.MessageDigest;
import java.util.Iterator;
import java.util.List;

/** Checks proofs of a log without the log. Not for several threads at once. */
public final class MerkleProofs {
    private final LogHash hash = new LogHash();

    /** Whether the leaf stands at this index of the tree with this root (RFC 9162, section 2.1.3.2). */
    public boolean included(byte[] leaf, long index, long size, List<byte[]> path, byte[] root) {
        if (index < 0 || index >= size || !areHashes(path)) {
            return false;
        }
        long node = index;
        long last = size - 1;
        byte[] reached = hash.leaf(leaf);
        for (byte[] step : path) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                reached = hash.node(step, reached);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                reached = hash.node(reached, step);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && MessageDigest.isEqual(reached, root);
    }

    /** Whether the second tree begins with the leaves of the first (RFC 9162, section 2.1.4.2). */
    public boolean consistent(long first, byte[] firstRoot, long second, byte[] secondRoot, List<byte[]> path) {
        if (first < 1 || first > second || !areHashes(path)) {
            return false;
        }
        if (first == second) {
            return path.isEmpty() && MessageDigest.isEqual(firstRoot, secondRoot);
        }
        Iterator<byte[]> steps = path.iterator();
        byte[] start;
        if (Long.bitCount(first) == 1) {
            start = firstRoot;
        } else if (steps.hasNext()) {
            start = steps.next();
        } else {
            return false;
        }
        int whole = Long.numberOfTrailingZeros(first);
        return consistent((first - 1) >> whole, (second - 1) >> whole, start, steps, firstRoot, secondRoot);
    }

    /** The same, and every tree follows from the empty one. */
    public boolean follows(long first, byte[] firstRoot, long second, byte[] secondRoot, List<byte[]> path) {
        return first == 0
                ? path.isEmpty() && second >= 0 && MessageDigest.isEqual(firstRoot, hash.empty())
                : consistent(first, firstRoot, second, secondRoot, path);
    }

    private boolean consistent(
            long first, long second, byte[] start, Iterator<byte[]> steps, byte[] firstRoot, byte[] secondRoot) {
        long node = first;
        long last = second;
        byte[] older = start;
        byte[] newer = start;
        while (steps.hasNext()) {
            byte[] step = steps.next();
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                older = hash.node(step, older);
                newer = hash.node(step, newer);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                newer = hash.node(newer, step);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && MessageDigest.isEqual(older, firstRoot) && MessageDigest.isEqual(newer, secondRoot);
    }

    private static boolean areHashes(List<byte[]> path) {
        return path.size() <= Long.SIZE && path.stream().allMatch(step -> step.length == LogHash.BYTES);
    }
}
