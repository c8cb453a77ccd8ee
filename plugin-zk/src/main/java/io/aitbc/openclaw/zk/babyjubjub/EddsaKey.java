package io.aitbc.openclaw.zk.babyjubjub;

import io.aitbc.openclaw.zk.bn254.Fr;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A key that signs numbers with EdDSA-Poseidon. Signatures are deterministic: nothing depends on a source of randomness when signing. Points are multiplied in
 * the same steps for all keys, but arithmetic on scalars takes a time that depends on them: no key for a service whose signing strangers can time closely. A miner's signatures go out with results that took an
 * engine's time. Never printed.
 */
public final class EddsaKey {
    private final BigInteger scalar;
    private final byte[] prefix;
    private final EdwardsPoint publicKey;

    /** @param seed secret, at least 32 bytes with the entropy of as many */
    public EddsaKey(byte[] seed) {
        if (seed.length < 32) {
            throw new IllegalArgumentException("a seed has at least 32 bytes");
        }
        scalar = number(sha512(seed, new byte[] {1})).mod(EdwardsPoint.ORDER);
        prefix = sha512(seed, new byte[] {2});
        publicKey = EdwardsPoint.BASE.times(scalar);
    }

    public EdwardsPoint publicKey() {
        return publicKey;
    }

    public EddsaSignature sign(Fr message) {
        BigInteger once = number(sha512(prefix, message.bytes())).mod(EdwardsPoint.ORDER);
        EdwardsPoint r = EdwardsPoint.BASE.times(once);
        BigInteger challenge = EddsaSignature.challenge(r, publicKey, message).value();
        BigInteger s = challenge.multiply(scalar).shiftLeft(3).add(once).mod(EdwardsPoint.ORDER);
        return new EddsaSignature(r, s);
    }

    private static BigInteger number(byte[] hash) {
        return new BigInteger(1, hash);
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
