package io.aitbc.openclaw.zk.log;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** The definitions of RFC 9162, section 2.1, word for word. */
final class SlowLog {
    private SlowLog() {}

    static byte[] root(List<byte[]> leaves) throws Exception {
        if (leaves.isEmpty()) {
            return hash();
        }
        if (leaves.size() == 1) {
            return hash(new byte[] {0}, leaves.getFirst());
        }
        int k = split(leaves.size());
        return hash(new byte[] {1}, root(leaves.subList(0, k)), root(leaves.subList(k, leaves.size())));
    }

    static List<byte[]> path(int m, List<byte[]> leaves) throws Exception {
        int n = leaves.size();
        if (n == 1) {
            return List.of();
        }
        int k = split(n);
        List<byte[]> path = new ArrayList<>(m < k ? path(m, leaves.subList(0, k)) : path(m - k, leaves.subList(k, n)));
        path.add(root(m < k ? leaves.subList(k, n) : leaves.subList(0, k)));
        return path;
    }

    static List<byte[]> proof(int m, List<byte[]> leaves) throws Exception {
        return subproof(m, leaves, true);
    }

    private static List<byte[]> subproof(int m, List<byte[]> leaves, boolean b) throws Exception {
        int n = leaves.size();
        if (m == n) {
            return b ? List.of() : List.of(root(leaves));
        }
        int k = split(n);
        List<byte[]> path = new ArrayList<>();
        if (m <= k) {
            path.addAll(subproof(m, leaves.subList(0, k), b));
            path.add(root(leaves.subList(k, n)));
        } else {
            path.addAll(subproof(m - k, leaves.subList(k, n), false));
            path.add(root(leaves.subList(0, k)));
        }
        return path;
    }

    private static int split(int n) {
        int k = 1;
        while (k * 2 < n) {
            k *= 2;
        }
        return k;
    }

    private static byte[] hash(byte[]... parts) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.write(part);
        }
        return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
    }
}
