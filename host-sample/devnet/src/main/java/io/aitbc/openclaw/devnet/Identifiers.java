package io.aitbc.openclaw.devnet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/** Random names, and keys that are random or grown from the seed of the options. */
final class Identifiers {
    private final SecureRandom random = new SecureRandom();
    private final Optional<String> seed;

    Identifiers(Optional<String> seed) {
        this.seed = seed;
    }

    /** Hexadecimal digits. */
    String hex(int bytes) {
        return HexFormat.of().formatHex(bytes(bytes));
    }

    /** Base64url without padding. */
    String url(int bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(bytes));
    }

    String uuid() {
        ByteBuffer buffer = ByteBuffer.wrap(bytes(16));
        long high = (buffer.getLong() & ~0xf000L) | 0x4000L;
        long low = (buffer.getLong() & ~(0xc0L << 56)) | (0x80L << 56);
        return new UUID(high, low).toString();
    }

    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** 32 bytes for a purpose: the same ones every time where there is a seed. */
    byte[] key(String purpose) {
        return seed.map(text -> sha256("aitbc-devnet:" + purpose + ":" + text)).orElseGet(() -> bytes(32));
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
