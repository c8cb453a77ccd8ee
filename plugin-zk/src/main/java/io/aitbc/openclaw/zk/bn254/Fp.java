package io.aitbc.openclaw.zk.bn254;

import static java.lang.Math.unsignedMultiplyHigh;

import java.math.BigInteger;

/** A number modulo the prime that coordinates of points are reduced by. */
public final class Fp extends Residue<Fp> {
    private static final Modulus MODULUS =
            Modulus.of("21888242871839275222246405745257275088696311157297823662689037894645226208583");

    /** Coordinates are below it. */
    public static final BigInteger PRIME = MODULUS.value();

    public static final Fp ZERO = new Fp(0, 0, 0, 0);
    public static final Fp ONE = valueOf(BigInteger.ONE);

    private static final int LARGEST_QUOTIENT = 10;

    private static final long[] MULTIPLES = multiples();

    private Fp(long limb0, long limb1, long limb2, long limb3) {
        super(limb0, limb1, limb2, limb3);
    }

    /** @param value any whole number */
    public static Fp valueOf(BigInteger value) {
        return ZERO.of(value);
    }

    /** @param at index of the first of four limbs, below the prime together */
    static Fp ofMontgomery(long[] limbs, int at) {
        return new Fp(limbs[at], limbs[at + 1], limbs[at + 2], limbs[at + 3]);
    }

    static boolean isBelowPrime(long[] limbs, int at) {
        return MODULUS.exceeds(limbs, at);
    }

    @Override
    Modulus modulus() {
        return MODULUS;
    }

    @Override
    Fp of(long limb0, long limb1, long limb2, long limb3) {
        return new Fp(limb0, limb1, limb2, limb3);
    }

    @Override
    Fp self() {
        return this;
    }

    @Override
    public Fp zero() {
        return ZERO;
    }

    @Override
    public Fp one() {
        return ONE;
    }

    /** {@code a*b - c*d}. */
    static Fp differenceOfProducts(Fp a, Fp b, Fp c, Fp d) {
        int borrow = below(MODULUS.limb0(), c.limb0);
        long negated1 = MODULUS.limb1() - c.limb1;
        int next = below(MODULUS.limb1(), c.limb1) + below(negated1, borrow);
        negated1 -= borrow;
        long negated2 = MODULUS.limb2() - c.limb2;
        borrow = below(MODULUS.limb2(), c.limb2) + below(negated2, next);
        return sum(a, b, MODULUS.limb0() - c.limb0, negated1, negated2 - next, MODULUS.limb3() - c.limb3 - borrow, d);
    }

    /** {@code a*b + c*d}. */
    static Fp sumOfProducts(Fp a, Fp b, Fp c, Fp d) {
        return sum(a, b, c.limb0, c.limb1, c.limb2, c.limb3, d);
    }

    /** Both products with one reduction, as in {@link #multiply}. The factor c may be the prime itself. */
    private static Fp sum(Fp a, Fp b, long c0, long c1, long c2, long c3, Fp d) {
        long b0 = b.limb0;
        long b1 = b.limb1;
        long b2 = b.limb2;
        long b3 = b.limb3;
        long d0 = d.limb0;
        long d1 = d.limb1;
        long d2 = d.limb2;
        long d3 = d.limb3;
        long x = a.limb0;
        long x1 = a.limb1;
        long x2 = a.limb2;
        long y = c0;
        long y1 = c1;
        long y2 = c2;
        long sum0 = 0;
        long sum1 = 0;
        long sum2 = 0;
        long sum3 = 0;
        for (int i = 0; i < 4; i++) {
            long low = x * b0;
            sum0 += low;
            long carryX = unsignedMultiplyHigh(x, b0) + carry(sum0, low);
            low = y * d0;
            sum0 += low;
            long carryY = unsignedMultiplyHigh(y, d0) + carry(sum0, low);
            long multiple = sum0 * MODULUS.inverse();
            long shifted = unsignedMultiplyHigh(multiple, MODULUS.limb0()) + (sum0 == 0 ? 0 : 1);

            low = x * b1;
            sum1 += low;
            long high = unsignedMultiplyHigh(x, b1) + carry(sum1, low);
            sum1 += carryX;
            carryX = high + carry(sum1, carryX);
            low = y * d1;
            sum1 += low;
            high = unsignedMultiplyHigh(y, d1) + carry(sum1, low);
            sum1 += carryY;
            carryY = high + carry(sum1, carryY);
            low = multiple * MODULUS.limb1();
            sum1 += low;
            high = unsignedMultiplyHigh(multiple, MODULUS.limb1()) + carry(sum1, low);
            sum0 = sum1 + shifted;
            shifted = high + carry(sum0, shifted);

            low = x * b2;
            sum2 += low;
            high = unsignedMultiplyHigh(x, b2) + carry(sum2, low);
            sum2 += carryX;
            carryX = high + carry(sum2, carryX);
            low = y * d2;
            sum2 += low;
            high = unsignedMultiplyHigh(y, d2) + carry(sum2, low);
            sum2 += carryY;
            carryY = high + carry(sum2, carryY);
            low = multiple * MODULUS.limb2();
            sum2 += low;
            high = unsignedMultiplyHigh(multiple, MODULUS.limb2()) + carry(sum2, low);
            sum1 = sum2 + shifted;
            shifted = high + carry(sum1, shifted);

            low = x * b3;
            sum3 += low;
            high = unsignedMultiplyHigh(x, b3) + carry(sum3, low);
            sum3 += carryX;
            carryX = high + carry(sum3, carryX);
            low = y * d3;
            sum3 += low;
            high = unsignedMultiplyHigh(y, d3) + carry(sum3, low);
            sum3 += carryY;
            carryY = high + carry(sum3, carryY);
            low = multiple * MODULUS.limb3();
            sum3 += low;
            high = unsignedMultiplyHigh(multiple, MODULUS.limb3()) + carry(sum3, low);
            sum2 = sum3 + shifted;
            sum3 = carryX + carryY + high + carry(sum2, shifted);
            x = x1;
            x1 = x2;
            x2 = a.limb3;
            y = y1;
            y1 = y2;
            y2 = c3;
        }
        return ZERO.almostReduced(sum0, sum1, sum2, sum3);
    }

    /** As {@link #below}, which as an int costs more here, where there are too few registers for all numbers. */
    private static long carry(long sum, long summand) {
        return Long.compareUnsigned(sum, summand) < 0 ? 1 : 0;
    }

    /** {@code 9 * this + other}: products with the non-residue 9 + u of the tower are made of these. */
    Fp nineTimesPlus(Fp other) {
        return nineTimesPlus(other.limb0, other.limb1, other.limb2, other.limb3);
    }

    /** {@code 9 * this - other}. */
    Fp nineTimesMinus(Fp other) {
        int borrow = below(MODULUS.limb0(), other.limb0);
        long negated1 = MODULUS.limb1() - other.limb1;
        int next = below(MODULUS.limb1(), other.limb1) + below(negated1, borrow);
        negated1 -= borrow;
        long negated2 = MODULUS.limb2() - other.limb2;
        borrow = below(MODULUS.limb2(), other.limb2) + below(negated2, next);
        return nineTimesPlus(
                MODULUS.limb0() - other.limb0, negated1, negated2 - next, MODULUS.limb3() - other.limb3 - borrow);
    }

    private Fp nineTimesPlus(long other0, long other1, long other2, long other3) {
        long sum0 = (limb0 << 3) + limb0;
        long carry = below(sum0, limb0);
        sum0 += other0;
        carry += below(sum0, other0);
        long eightfold = (limb1 << 3) | (limb0 >>> 61);
        long sum1 = eightfold + limb1;
        long next = below(sum1, eightfold);
        sum1 += other1;
        next += below(sum1, other1);
        sum1 += carry;
        carry = next + below(sum1, carry);
        eightfold = (limb2 << 3) | (limb1 >>> 61);
        long sum2 = eightfold + limb2;
        next = below(sum2, eightfold);
        sum2 += other2;
        next += below(sum2, other2);
        sum2 += carry;
        carry = next + below(sum2, carry);
        eightfold = (limb3 << 3) | (limb2 >>> 61);
        long sum3 = eightfold + limb3;
        next = below(sum3, eightfold) + (limb3 >>> 61);
        sum3 += other3;
        next += below(sum3, other3);
        sum3 += carry;
        next += below(sum3, carry);
        // The sum is below ten primes. 2^250 is 0.0826 primes: from the bits above, a quotient that is right or one too
        // small.
        long leading = (next << 6) | (sum3 >>> 58);
        int quotient = (int) ((leading * 169) >>> 11);
        return minusMultiple(quotient << 2, sum0, sum1, sum2, sum3);
    }

    private static Fp minusMultiple(int index, long sum0, long sum1, long sum2, long sum3) {
        long difference0 = sum0 - MULTIPLES[index];
        int borrow = below(sum0, MULTIPLES[index]);
        long difference1 = sum1 - MULTIPLES[index + 1];
        int next = below(sum1, MULTIPLES[index + 1]) + below(difference1, borrow);
        difference1 -= borrow;
        long difference2 = sum2 - MULTIPLES[index + 2];
        borrow = below(sum2, MULTIPLES[index + 2]) + below(difference2, next);
        difference2 -= next;
        long difference3 = sum3 - MULTIPLES[index + 3] - borrow;
        return ZERO.almostReduced(difference0, difference1, difference2, difference3);
    }

    private static long[] multiples() {
        long[] limbs = new long[4 * (LARGEST_QUOTIENT + 1)];
        for (int i = 0; i < limbs.length; i++) {
            limbs[i] = Modulus.limb(PRIME.multiply(BigInteger.valueOf(i / 4)), i % 4);
        }
        return limbs;
    }
}
