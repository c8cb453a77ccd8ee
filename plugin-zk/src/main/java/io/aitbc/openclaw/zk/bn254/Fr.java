package io.aitbc.openclaw.zk.bn254;

import java.math.BigInteger;

/** A scalar: a number modulo the order of the groups. Circuits compute in this field. */
public final class Fr extends Residue<Fr> {
    private static final Modulus PRIME =
            Modulus.of("21888242871839275222246405745257275088548364400416034343698204186575808495617");

    /** The order of the groups G1, G2 and GT. */
    public static final BigInteger ORDER = PRIME.value();

    /** Length of a number as bytes; it is the same for coordinates. */
    public static final int BYTES = 32;

    public static final Fr ZERO = new Fr(0, 0, 0, 0);
    public static final Fr ONE = valueOf(BigInteger.ONE);

    /** The element whose Montgomery form is 1: a product with it leaves the Montgomery form. */
    static final Fr RAW_ONE = new Fr(1, 0, 0, 0);

    private Fr(long limb0, long limb1, long limb2, long limb3) {
        super(limb0, limb1, limb2, limb3);
    }

    /** @param value any whole number */
    public static Fr valueOf(BigInteger value) {
        return ZERO.of(value);
    }

    public static Fr valueOf(long value) {
        return ZERO.of(BigInteger.valueOf(value));
    }

    /** @param at index of the first of four limbs, below the order together */
    static Fr ofMontgomery(long[] limbs, int at) {
        return new Fr(limbs[at], limbs[at + 1], limbs[at + 2], limbs[at + 3]);
    }

    static boolean isBelowOrder(long[] limbs, int at) {
        return PRIME.exceeds(limbs, at);
    }

    @Override
    Modulus modulus() {
        return PRIME;
    }

    @Override
    Fr of(long limb0, long limb1, long limb2, long limb3) {
        return new Fr(limb0, limb1, limb2, limb3);
    }

    @Override
    Fr self() {
        return this;
    }

    @Override
    public Fr zero() {
        return ZERO;
    }

    @Override
    public Fr one() {
        return ONE;
    }
}
