package io.aitbc.openclaw.zk.bn254;

import java.math.BigInteger;

/**
 * A prime below 2^254 in four limbs, least significant first, and what Montgomery multiplication needs to know about it.
 *
 * @param inverse of the negated lowest limb, modulo 2^64
 * @param inversion of numbers in Montgomery form
 */
record Modulus(
        BigInteger value, long limb0, long limb1, long limb2, long limb3, long inverse, ModularInverse inversion) {
    private static final BigInteger WORD = BigInteger.ONE.shiftLeft(64);

    static Modulus of(String decimal) {
        BigInteger value = new BigInteger(decimal);
        return new Modulus(
                value,
                limb(value, 0),
                limb(value, 1),
                limb(value, 2),
                limb(value, 3),
                value.negate().modInverse(WORD).longValue(),
                new ModularInverse(value, BigInteger.ONE.shiftLeft(512)));
    }

    static long limb(BigInteger value, int index) {
        return value.shiftRight(64 * index).longValue();
    }

    /** Whether four limbs from an index on are a number below this. */
    boolean exceeds(long[] limbs, int at) {
        int order = Long.compareUnsigned(limbs[at + 3], limb3);
        order = order == 0 ? Long.compareUnsigned(limbs[at + 2], limb2) : order;
        order = order == 0 ? Long.compareUnsigned(limbs[at + 1], limb1) : order;
        return (order == 0 ? Long.compareUnsigned(limbs[at], limb0) : order) < 0;
    }

    /** The value in Montgomery form: times 2^256. */
    BigInteger toMontgomery(BigInteger number) {
        return number.shiftLeft(256).mod(value);
    }
}
