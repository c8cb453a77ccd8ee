package io.aitbc.openclaw.zk.log;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes of RFC 9162, section 2.1: leaves and nodes have prefixes, so that one can never be passed off as the other. */
final class LogHash {
    static final int BYTES = 32;

    private final MessageDigest digest;

    LogHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    byte[] empty() {
        return digest.digest();
    }

    byte[] leaf(byte[] data, int offset, int length) {
        digest.update((byte) 0);
        digest.update(data, offset, length);
        return digest.digest();
    }

    byte[] leaf(byte[] data) {
        return leaf(data, 0, data.length);
    }

    byte[] node(byte[] left, byte[] right) {
        digest.update((byte) 1);
        digest.update(left, 0, BYTES);
        digest.update(right, 0, BYTES);
        return digest.digest();
    }
}
