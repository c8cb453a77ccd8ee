package io.aitbc.openclaw.zk.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
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
     * The key in this file; one is made when there is none. The file has its 64 hexadecimal digits and is readable by its owner only.
     *
     * @throws IOException when it cannot be read or is no key
     */
    public static LogKey in(Path file, SecureRandom random) throws IOException {
        if (!Files.exists(file)) {
            create(file, random);
        }
        if (Files.size(file) > 128) {
            throw new IOException("%s is not a key: it is too large".formatted(file));
        }
        String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
        if (!text.matches("[0-9a-f]{64}")) {
            throw new IOException("%s is not a key: it must have 64 hexadecimal digits".formatted(file));
        }
        return new LogKey(HexFormat.of().parseHex(text));
    }

    /** Whole or not at all: half a key would keep the log from ever opening. */
    private static void create(Path file, SecureRandom random) throws IOException {
        byte[] secret = new byte[Ed25519.SECRET_KEY_SIZE];
        random.nextBytes(secret);
        byte[] text = (HexFormat.of().formatHex(secret) + "\n").getBytes(StandardCharsets.US_ASCII);
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, ownerOnly(file));
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(text);
            while (buffer.hasRemaining()) {
                int _ = channel.write(buffer);
            }
            channel.force(true);
        }
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            Files.delete(draft);
        }
    }

    static FileAttribute<?>[] ownerOnly(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        boolean posix = folder != null && Files.getFileStore(folder).supportsFileAttributeView("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
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
