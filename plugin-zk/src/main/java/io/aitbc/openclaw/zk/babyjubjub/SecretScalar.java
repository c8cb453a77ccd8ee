package io.aitbc.openclaw.zk.babyjubjub;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * A number below {@link EdwardsPoint#ORDER} that nobody is to learn. Whatever it is, the same instructions run: nothing branches on it, and nothing is
 * looked up with it. Slower than {@link BigInteger}, and fast enough for a signature. Never printed.
 */
final class SecretScalar {
    private static final int LIMBS = 4;
    private static final long[] ORDER = limbs(EdwardsPoint.ORDER);

    /** Least significant first. */
    private final long[] limbs;

    private SecretScalar(long[] limbs) {
        this.limbs = limbs;
    }

    /** @param number big-endian, of any length, of which only that is secret what stands in it */
    static SecretScalar of(byte[] number) {
        long[] rest = new long[LIMBS];
        for (byte eight : number) {
            for (int bit = 7; bit >= 0; bit--) {
                rest = sum(rest, rest);
                rest = sum(rest, new long[] {(eight >>> bit) & 1, 0, 0, 0});
            }
        }
        return new SecretScalar(rest);
    }

    private static long[] limbs(BigInteger number) {
        long[] limbs = new long[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            limbs[i] = number.shiftRight(Long.SIZE * i).longValue();
        }
        return limbs;
    }

    SecretScalar plus(SecretScalar other) {
        return new SecretScalar(sum(limbs, other.limbs));
    }

    /** @param factor not secret, not negative */
    SecretScalar times(BigInteger factor) {
        long[] product = new long[LIMBS];
        for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
            product = sum(product, product);
            product = factor.testBit(bit) ? sum(product, limbs) : product;
        }
        return new SecretScalar(product);
    }

    /** One and the other, both below the order. It has 251 bits, so that no sum is too large for four limbs. */
    private static long[] sum(long[] one, long[] other) {
        long[] sum = new long[LIMBS];
        long[] difference = new long[LIMBS];
        long carry = 0;
        long borrow = 0;
        for (int i = 0; i < LIMBS; i++) {
            long partial = one[i] + other[i];
            sum[i] = partial + carry;
            carry = carry(one[i], other[i], partial) | carry(partial, carry, sum[i]);
            long part = sum[i] - ORDER[i];
            difference[i] = part - borrow;
            borrow = borrow(sum[i], ORDER[i], part) | borrow(part, borrow, difference[i]);
        }
        for (int i = 0; i < LIMBS; i++) {
            difference[i] ^= (difference[i] ^ sum[i]) & -borrow;
        }
        return difference;
    }

    private static long carry(long one, long other, long sum) {
        return ((one & other) | ((one | other) & ~sum)) >>> (Long.SIZE - 1);
    }

    private static long borrow(long one, long other, long difference) {
        return ((~one & other) | ((~one | other) & difference)) >>> (Long.SIZE - 1);
    }

    /**
     * This and a multiple of the order, by which a point of the subgroup can be multiplied as well.
     *
     * @return five limbs, least significant first
     */
    long[] blinded(long multiple) {
        long[] blinded = new long[LIMBS + 1];
        long carry = 0;
        for (int i = 0; i < LIMBS; i++) {
            long low = multiple * ORDER[i];
            long partial = low + limbs[i];
            blinded[i] = partial + carry;
            carry = Math.unsignedMultiplyHigh(multiple, ORDER[i])
                    + carry(low, limbs[i], partial)
                    + carry(partial, carry, blinded[i]);
        }
        blinded[LIMBS] = carry;
        return blinded;
    }

    /** For what is not secret any more. */
    BigInteger reveal() {
        ByteBuffer bytes = ByteBuffer.allocate(LIMBS * Long.BYTES);
        for (int i = LIMBS - 1; i >= 0; i--) {
            bytes.putLong(limbs[i]);
        }
        return new BigInteger(1, bytes.array());
    }

    @Override
    public String toString() {
        return "SecretScalar";
    }
}
