package io.aitbc.openclaw.host.trust;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A public Ed25519 key (RFC 8032) that signs plugins.
 *
 * @param id {@code ed25519:} and the first 16 bytes of the SHA-256 of the key's SubjectPublicKeyInfo, hexadecimal
 * @param key of Ed25519
 */
public record PluginKey(String id, PublicKey key) {
    static final String ALGORITHM = "Ed25519";
    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";

    /** @param key of Ed25519 */
    public static PluginKey of(PublicKey key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return new PluginKey("ed25519:" + HexFormat.of().formatHex(Arrays.copyOf(digest, 16)), key);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("Every Java platform has SHA-256", e);
        }
    }

    /** @throws TrustException when the text is not a PEM public key of Ed25519 */
    public static PluginKey parsePem(String pem) throws TrustException {
        String text = pem.strip();
        if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
            throw new TrustException("is not a public key: it should begin with " + BEGIN);
        }
        return parse(
                text.substring(BEGIN.length(), text.length() - END.length()).replaceAll("\\s", ""));
    }

    static PluginKey parse(String base64) throws TrustException {
        try {
            byte[] der = Base64.getDecoder().decode(base64);
            PublicKey key = KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(der));
            if (key instanceof EdECPublicKey) {
                return of(key);
            }
            throw new TrustException("is not a public key of Ed25519");
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new TrustException("is not a public key of Ed25519");
        }
    }

    String base64() {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    public String pem() {
        return BEGIN + "\n" + base64() + "\n" + END + "\n";
    }

    boolean verifies(byte[] message, byte[] signature) {
        try {
            Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
