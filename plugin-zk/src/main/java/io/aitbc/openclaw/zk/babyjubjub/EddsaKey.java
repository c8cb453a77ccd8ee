package io.aitbc.openclaw.zk.babyjubjub;

import io.aitbc.openclaw.zk.bn254.Fr;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A key that signs numbers with EdDSA-Poseidon. Signatures are deterministic: nothing depends on a source of randomness when signing. What is secret
 * takes no part in branches and look-ups, but for those on coordinates, which are hidden by numbers that are derived from the key and the message. Never
 * printed.
 */
public final class EddsaKey {
    private final SecretScalar scalar;
    private final byte[] prefix;
    private final EdwardsPoint publicKey;

    /** @param seed secret, at least 32 bytes with the entropy of as many */
    public EddsaKey(byte[] seed) {
        if (seed.length < 32) {
            throw new IllegalArgumentException("a seed has at least 32 bytes");
        }
        scalar = SecretScalar.of(sha512(seed, new byte[] {1}));
        prefix = sha512(seed, new byte[] {2});
        publicKey = SecretMultiple.ofBase(scalar, sha512(seed, new byte[] {3}));
    }

    public EdwardsPoint publicKey() {
        return publicKey;
    }

    public EddsaSignature sign(Fr message) {
        SecretScalar once = SecretScalar.of(sha512(prefix, message.bytes()));
        EdwardsPoint r = SecretMultiple.ofBase(once, sha512(prefix, message.bytes(), new byte[] {4}));
        BigInteger challenge = EddsaSignature.challenge(r, publicKey, message).value();
        SecretScalar s = scalar.times(challenge.shiftLeft(3)).plus(once);
        return new EddsaSignature(r, s.reveal());
    }

    private static byte[] sha512(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            Arrays.stream(parts).forEach(digest::update);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-512", e);
        }
    }

    @Override
    public String toString() {
        return "EddsaKey[secret]";
    }
}
