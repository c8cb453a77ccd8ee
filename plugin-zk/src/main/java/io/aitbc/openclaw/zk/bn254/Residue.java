package io.aitbc.openclaw.zk.bn254;

import static java.lang.Math.unsignedMultiplyHigh;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A number modulo a prime below 2^254: four limbs, least significant first, in Montgomery form, below the prime.
 *
 * <p>The prime leaves the two top bits of four limbs free. So sums of two residues and the running sums of a multiplication fit
 * (P. Longa, "Efficient algorithms for large prime characteristic fields and their application to bilinear pairings", 2022/367).
 *
 * @param <F> the field
 */
abstract sealed class Residue<F extends Residue<F>> implements FieldElement<F> permits Fp, Fr {
    final long limb0;
    final long limb1;
    final long limb2;
    final long limb3;

    Residue(long limb0, long limb1, long limb2, long limb3) {
        this.limb0 = limb0;
        this.limb1 = limb1;
        this.limb2 = limb2;
        this.limb3 = limb3;
    }

    abstract Modulus modulus();

    abstract F of(long limb0, long limb1, long limb2, long limb3);

    /** @param value any whole number */
    F of(BigInteger value) {
        BigInteger form = modulus().toMontgomery(value);
        return of(Modulus.limb(form, 0), Modulus.limb(form, 1), Modulus.limb(form, 2), Modulus.limb(form, 3));
    }

    @Override
    public F add(F other) {
        long sum0 = limb0 + other.limb0;
        long carry = below(sum0, other.limb0);
        long sum1 = limb1 + other.limb1;
        long next = below(sum1, other.limb1);
        sum1 += carry;
        carry = next + below(sum1, carry);
        long sum2 = limb2 + other.limb2;
        next = below(sum2, other.limb2);
        sum2 += carry;
        carry = next + below(sum2, carry);
        return reduced(sum0, sum1, sum2, limb3 + other.limb3 + carry);
    }

    @Override
    public F twice() {
        return reduced(
                limb0 << 1,
                (limb1 << 1) | (limb0 >>> 63),
                (limb2 << 1) | (limb1 >>> 63),
                (limb3 << 1) | (limb2 >>> 63));
    }

    @Override
    public F subtract(F other) {
        Modulus prime = modulus();
        long difference0 = limb0 - other.limb0;
        int borrow = below(limb0, other.limb0);
        long difference1 = limb1 - other.limb1;
        int next = below(limb1, other.limb1) + below(difference1, borrow);
        difference1 -= borrow;
        long difference2 = limb2 - other.limb2;
        borrow = below(limb2, other.limb2) + below(difference2, next);
        difference2 -= next;
        long difference3 = limb3 - other.limb3 - borrow;
        long whetherNegative = difference3 >> 63;
        long summand = prime.limb0() & whetherNegative;
        difference0 += summand;
        int carry = below(difference0, summand);
        summand = prime.limb1() & whetherNegative;
        difference1 += summand;
        next = below(difference1, summand);
        difference1 += carry;
        carry = next + below(difference1, carry);
        summand = prime.limb2() & whetherNegative;
        difference2 += summand;
        next = below(difference2, summand);
        difference2 += carry;
        carry = next + below(difference2, carry);
        difference3 += (prime.limb3() & whetherNegative) + carry;
        return of(difference0, difference1, difference2, difference3);
    }

    /**
     * One of two numbers, chosen without a branch.
     *
     * @param whether -1 for the other one, 0 for this one
     */
    public F or(F other, long whether) {
        return of(
                limb0 ^ ((limb0 ^ other.limb0) & whether),
                limb1 ^ ((limb1 ^ other.limb1) & whether),
                limb2 ^ ((limb2 ^ other.limb2) & whether),
                limb3 ^ ((limb3 ^ other.limb3) & whether));
    }

    @Override
    public F negate() {
        return zero().subtract(self());
    }

    @Override
    public F square() {
        return multiply(self());
    }

    /** Montgomery's multiplication, one limb of this at a time, multiplication and reduction interleaved. */
    @Override
    public F multiply(F other) {
        Modulus prime = modulus();
        long prime0 = prime.limb0();
        long prime1 = prime.limb1();
        long prime2 = prime.limb2();
        long prime3 = prime.limb3();
        long inverse = prime.inverse();
        long other0 = other.limb0;
        long other1 = other.limb1;
        long other2 = other.limb2;
        long other3 = other.limb3;
        long x = limb0;
        long x1 = limb1;
        long x2 = limb2;
        long sum0 = 0;
        long sum1 = 0;
        long sum2 = 0;
        long sum3 = 0;
        for (int i = 0; i < 4; i++) {
            long low = x * other0;
            long carry = unsignedMultiplyHigh(x, other0);
            sum0 += low;
            carry += below(sum0, low);
            long multiple = sum0 * inverse;
            long shifted = unsignedMultiplyHigh(multiple, prime0) + (sum0 == 0 ? 0 : 1);

            low = x * other1;
            sum1 += low;
            long high = unsignedMultiplyHigh(x, other1) + below(sum1, low);
            sum1 += carry;
            carry = high + below(sum1, carry);
            low = multiple * prime1;
            sum1 += low;
            high = unsignedMultiplyHigh(multiple, prime1) + below(sum1, low);
            sum0 = sum1 + shifted;
            shifted = high + below(sum0, shifted);

            low = x * other2;
            sum2 += low;
            high = unsignedMultiplyHigh(x, other2) + below(sum2, low);
            sum2 += carry;
            carry = high + below(sum2, carry);
            low = multiple * prime2;
            sum2 += low;
            high = unsignedMultiplyHigh(multiple, prime2) + below(sum2, low);
            sum1 = sum2 + shifted;
            shifted = high + below(sum1, shifted);

            low = x * other3;
            sum3 += low;
            high = unsignedMultiplyHigh(x, other3) + below(sum3, low);
            sum3 += carry;
            carry = high + below(sum3, carry);
            low = multiple * prime3;
            sum3 += low;
            high = unsignedMultiplyHigh(multiple, prime3) + below(sum3, low);
            sum2 = sum3 + shifted;
            sum3 = carry + high + below(sum2, shifted);
            x = x1;
            x1 = x2;
            x2 = limb3;
        }
        return almostReduced(sum0, sum1, sum2, sum3);
    }

    /** A sum below twice the prime; whether it is above the prime is as good as random, hence no branch. */
    private F reduced(long sum0, long sum1, long sum2, long sum3) {
        Modulus prime = modulus();
        long difference0 = sum0 - prime.limb0();
        int borrow = below(sum0, prime.limb0());
        long difference1 = sum1 - prime.limb1();
        int next = below(sum1, prime.limb1()) + below(difference1, borrow);
        difference1 -= borrow;
        long difference2 = sum2 - prime.limb2();
        borrow = below(sum2, prime.limb2()) + below(difference2, next);
        difference2 -= next;
        long difference3 = sum3 - prime.limb3() - borrow;
        long whetherNegative = difference3 >> 63;
        return of(
                difference0 ^ ((difference0 ^ sum0) & whetherNegative),
                difference1 ^ ((difference1 ^ sum1) & whetherNegative),
                difference2 ^ ((difference2 ^ sum2) & whetherNegative),
                difference3 ^ ((difference3 ^ sum3) & whetherNegative));
    }

    /** The result of a multiplication is seldom above the prime, hence a branch. */
    final F almostReduced(long sum0, long sum1, long sum2, long sum3) {
        return sum3 < modulus().limb3() ? of(sum0, sum1, sum2, sum3) : reduced(sum0, sum1, sum2, sum3);
    }

    /** 1 or 0. Compilers make such a carry of fewer instructions if it is no long. */
    static int below(long one, long other) {
        return Long.compareUnsigned(one, other) < 0 ? 1 : 0;
    }

    @Override
    public F inverse() {
        long[] limbs = {limb0, limb1, limb2, limb3};
        modulus().inversion().invert(limbs);
        return of(limbs[0], limbs[1], limbs[2], limbs[3]);
    }

    /** @param exponent not negative */
    public F power(BigInteger exponent) {
        F result = one();
        for (int bit = exponent.bitLength() - 1; bit >= 0; bit--) {
            result = result.square();
            if (exponent.testBit(bit)) {
                result = result.multiply(self());
            }
        }
        return result;
    }

    /** Writes the four limbs of the Montgomery form. */
    final void toMontgomery(long[] limbs, int at) {
        limbs[at] = limb0;
        limbs[at + 1] = limb1;
        limbs[at + 2] = limb2;
        limbs[at + 3] = limb3;
    }

    /** The number, from 0 to below the prime. */
    public BigInteger value() {
        return new BigInteger(1, bytes());
    }

    /** The number, big-endian, 32 bytes. */
    public byte[] bytes() {
        F plain = multiply(of(1, 0, 0, 0));
        return ByteBuffer.allocate(32)
                .putLong(plain.limb3)
                .putLong(plain.limb2)
                .putLong(plain.limb1)
                .putLong(plain.limb0)
                .array();
    }

    @Override
    public boolean isZero() {
        return (limb0 | limb1 | limb2 | limb3) == 0;
    }

    abstract F self();

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Residue<?> residue
                && residue.getClass() == getClass()
                && residue.limb0 == limb0
                && residue.limb1 == limb1
                && residue.limb2 == limb2
                && residue.limb3 == limb3;
    }

    @Override
    public int hashCode() {
        return Objects.hash(limb0, limb1, limb2, limb3);
    }

    @Override
    public String toString() {
        return value().toString();
    }
}
