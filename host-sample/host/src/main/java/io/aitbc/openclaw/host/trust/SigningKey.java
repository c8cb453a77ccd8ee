package io.aitbc.openclaw.host.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** A private key that signs plugins, with its public one. Kept in one PEM file that only its owner can read. */
public final class SigningKey {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final int LONGEST = 16 << 10;

    private final PrivateKey secret;
    private final PluginKey publicKey;

    private SigningKey(PrivateKey secret, PluginKey publicKey) {
        this.secret = secret;
        this.publicKey = publicKey;
    }

    public static SigningKey generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(PluginKey.ALGORITHM);
            generator.initialize(255, random);
            KeyPair pair = generator.generateKeyPair();
            return new SigningKey(pair.getPrivate(), PluginKey.of(pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("Java 25 has Ed25519", e);
        }
    }

    /** The public key lies beside the private one, as {@code FILE.pub}. */
    public static Path publicFile(Path file) {
        return file.resolveSibling(file.getFileName() + ".pub");
    }

    /** Reads {@code FILE} and {@code FILE.pub}. */
    public static SigningKey read(Path file) throws TrustException {
        String text = pem(file).strip();
        if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
            throw new TrustException(file + " is not a private key: it should begin with " + BEGIN);
        }
        SigningKey key;
        try {
            byte[] der = Base64.getMimeDecoder().decode(text.substring(BEGIN.length(), text.length() - END.length()));
            PrivateKey secret =
                    KeyFactory.getInstance(PluginKey.ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(der));
            key = new SigningKey(secret, PluginKey.parsePem(pem(publicFile(file))));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new TrustException(file + " is not a private key of Ed25519");
        }
        byte[] probe = file.toString().getBytes(StandardCharsets.UTF_8);
        if (!key.publicKey.verifies(probe, key.sign(probe))) {
            throw new TrustException(publicFile(file) + " does not belong to " + file);
        }
        return key;
    }

    private static String pem(Path file) throws TrustException {
        return new String(Documents.read(file, LONGEST, "the key " + file), StandardCharsets.UTF_8);
    }

    /** Overwrites nothing. */
    public void write(Path file) throws IOException {
        String pem = BEGIN + "\n" + Base64.getEncoder().encodeToString(secret.getEncoded()) + "\n" + END + "\n";
        create(file);
        Files.writeString(file, pem);
        Files.writeString(publicFile(file), publicKey.pem(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private static void create(Path file) throws IOException {
        Path folder = Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
        boolean posix = Files.getFileStore(folder).supportsFileAttributeView("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Path _ = Files.createFile(file, attributes);
    }

    public PluginKey publicKey() {
        return publicKey;
    }

    byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance(PluginKey.ALGORITHM);
            signature.initSign(secret);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("Java 25 signs with Ed25519", e);
        }
    }
}
