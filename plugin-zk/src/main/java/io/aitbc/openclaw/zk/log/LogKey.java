package io.aitbc.openclaw.zk.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** The host's own Ed25519 key: signs statements and checkpoints. Never printed. */
public final class LogKey {
    private static final byte NOTE_ED25519 = 1;

    private final byte[] secret;
    private final byte[] publicKey;

    private LogKey(byte[] secret) {
        this.secret = secret;
        this.publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(secret, 0, publicKey, 0);
    }

    /** A new key that is kept nowhere. */
    public static LogKey random(SecureRandom random) {
        byte[] secret = new byte[Ed25519.SECRET_KEY_SIZE];
        random.nextBytes(secret);
        return new LogKey(secret);
    }

    /**
     * The key in this file; one is made when there is none.
     *
     * @throws IOException when it cannot be read or is no key
     */
    public static LogKey in(Path file, SecureRandom random) throws IOException {
        return new LogKey(SecretFile.in(file, random));
    }

    /** 32 bytes. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** The public key, Base64url without padding. */
    public String keyId() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(publicKey);
    }

    /** Name of the log that this key signs: there is one for each key. */
    public String origin() {
        return origin(publicKey);
    }

    /** As {@link #origin()}, of a key of 32 bytes. */
    public static String origin(byte[] publicKey) {
        return "openclaw-aitbc/" + HexFormat.of().formatHex(publicKey, 0, 8);
    }

    /** 64 bytes (RFC 8032). */
    public byte[] sign(byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(secret, 0, publicKey, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    /**
     * A secret for another purpose, 64 bytes: it says nothing of this key, nor of the secret for any other purpose.
     *
     * @param purpose one line; another one for each purpose
     */
    public byte[] derived(String purpose) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            digest.update(purpose.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
            return digest.digest(secret);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-512", e);
        }
    }

    /** What stands before a signature in a note (C2SP signed-note). */
    static byte[] noteHash(String name, byte[] publicKey) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
            digest.update(NOTE_ED25519);
            return Arrays.copyOf(digest.digest(publicKey), 4);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
