package io.aitbc.openclaw.zk.bn254;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Many scalars in one array, four limbs each, least significant first. They can be secret, so there is no text of them. */
public final class Scalars {
    private static final int LIMBS = 4;

    private final long[] limbs;

    private Scalars(long[] limbs) {
        this.limbs = limbs;
    }

    /** All zero. */
    public static Scalars zeros(int size) {
        return new Scalars(new long[LIMBS * size]);
    }

    /**
     * Numbers as they are in files.
     *
     * @param limbs four a number, least significant first; they are not copied
     * @throws IllegalArgumentException that names the first one that is not below the order
     */
    public static Scalars of(long[] limbs) {
        for (int at = 0; at < limbs.length; at += LIMBS) {
            if (!Fr.isBelowOrder(limbs, at)) {
                throw new IllegalArgumentException(
                        "number %d is not below the order of the groups".formatted(at / LIMBS));
            }
        }
        return new Scalars(limbs);
    }

    public int size() {
        return limbs.length / LIMBS;
    }

    /** The element whose Montgomery form the limbs are. */
    public Fr get(int index) {
        return Fr.ofMontgomery(limbs, LIMBS * index);
    }

    /** Keeps the Montgomery form. */
    public void set(int index, Fr value) {
        value.toMontgomery(limbs, LIMBS * index);
    }

    /** The number that the limbs are. */
    public BigInteger number(int index) {
        int at = LIMBS * index;
        byte[] bytes = ByteBuffer.allocate(Fr.BYTES)
                .putLong(limbs[at + 3])
                .putLong(limbs[at + 2])
                .putLong(limbs[at + 1])
                .putLong(limbs[at])
                .array();
        return new BigInteger(1, bytes);
    }

    /** The numbers whose Montgomery forms these are. */
    public Scalars plain() {
        Scalars plain = zeros(size());
        for (int i = 0; i < size(); i++) {
            plain.set(i, get(i).multiply(Fr.RAW_ONE));
        }
        return plain;
    }

    /** Bits from a place on, up to 31 of them, as a number. */
    int bits(int index, int from, int count) {
        int word = from / Long.SIZE;
        if (word >= LIMBS) {
            return 0;
        }
        int offset = from % Long.SIZE;
        int at = LIMBS * index + word;
        long bits = limbs[at] >>> offset;
        if (offset + count > Long.SIZE && word + 1 < LIMBS) {
            bits |= limbs[at + 1] << (Long.SIZE - offset);
        }
        return (int) (bits & ((1L << count) - 1));
    }

    boolean isZero(int index) {
        int at = LIMBS * index;
        return (limbs[at] | limbs[at + 1] | limbs[at + 2] | limbs[at + 3]) == 0;
    }

    /** A copy without the first ones. */
    public Scalars from(int first) {
        return new Scalars(Arrays.copyOfRange(limbs, LIMBS * first, limbs.length));
    }

    /** Overwrites them. */
    public void clear() {
        Arrays.fill(limbs, 0);
    }
}
