package io.aitbc.openclaw.zk.bn254;

import java.math.BigInteger;

/**
 * A prime below 2^254 in four limbs, least significant first, and what Montgomery multiplication needs to know about it.
 *
 * @param inverse of the negated lowest limb, modulo 2^64
 */
record Modulus(BigInteger value, long limb0, long limb1, long limb2, long limb3, long inverse) {
    private static final BigInteger WORD = BigInteger.ONE.shiftLeft(64);

    static Modulus of(String decimal) {
        BigInteger value = new BigInteger(decimal);
        return new Modulus(
                value,
                limb(value, 0),
                limb(value, 1),
                limb(value, 2),
                limb(value, 3),
                value.negate().modInverse(WORD).longValue());
    }

    static long limb(BigInteger value, int index) {
        return value.shiftRight(64 * index).longValue();
    }

    /** The value in Montgomery form: times 2^256. */
    BigInteger toMontgomery(BigInteger number) {
        return number.shiftLeft(256).mod(value);
    }
}
