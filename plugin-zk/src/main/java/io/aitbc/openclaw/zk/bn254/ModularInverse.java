package io.aitbc.openclaw.zk.bn254;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Inverses modulo an odd prime below 2^256, by division steps (D. J. Bernstein, B.-Y. Yang, "Fast constant-time gcd computation and modular
 * inversion", 2019/266). Thirty steps at a time are done on the lowest bits alone, and what they come to is applied to the whole numbers, as
 * libsecp256k1 does it (P. Wuille, "The safegcd implementation in libsecp256k1 explained", 2021). The time depends on the number.
 *
 * <p>Numbers have nine digits of 30 bits, least significant first; only the last one is negative where the number is.
 */
final class ModularInverse {
    static final int DIGITS = 9;
    static final int BITS = 30;
    static final int MASK = (1 << BITS) - 1;

    private final int[] prime;
    private final int[] dividend;

    /** Of the prime, modulo 2^30. */
    private final int inverse;

    /** @param dividend what is divided by a number to get its inverse: 1, or what makes Montgomery forms of Montgomery forms */
    ModularInverse(BigInteger prime, BigInteger dividend) {
        this.prime = digits(prime);
        this.dividend = digits(dividend.mod(prime));
        inverse = prime.modInverse(BigInteger.ONE.shiftLeft(BITS)).intValue();
    }

    private static int[] digits(BigInteger number) {
        int[] digits = new int[DIGITS];
        for (int i = 0; i < DIGITS; i++) {
            digits[i] = number.shiftRight(BITS * i).intValue() & MASK;
        }
        return digits;
    }

    /**
     * Replaces a number by its inverse.
     *
     * @param limbs four of 64 bits, least significant first; a number below the prime
     * @throws ArithmeticException for zero
     */
    void invert(long[] limbs) {
        DivisionSteps steps = new DivisionSteps(prime.clone(), cut(limbs));
        if (steps.done()) {
            throw new ArithmeticException("zero has no inverse");
        }
        int[] quotient = new int[DIGITS];
        int[] other = dividend.clone();
        while (!steps.done()) {
            steps.thirty();
            combine(quotient, other, steps);
        }
        join(reduced(quotient, steps.isNegative()), limbs);
    }

    private static int[] cut(long[] limbs) {
        int[] digits = new int[DIGITS];
        for (int i = 0; i < DIGITS; i++) {
            int word = BITS * i / Long.SIZE;
            int offset = BITS * i % Long.SIZE;
            long bits = limbs[word] >>> offset;
            if (offset > Long.SIZE - BITS && word + 1 < limbs.length) {
                bits |= limbs[word + 1] << (Long.SIZE - offset);
            }
            digits[i] = (int) bits & MASK;
        }
        return digits;
    }

    private static void join(int[] digits, long[] limbs) {
        Arrays.fill(limbs, 0);
        for (int i = 0; i < DIGITS; i++) {
            int word = BITS * i / Long.SIZE;
            int offset = BITS * i % Long.SIZE;
            limbs[word] |= (long) digits[i] << offset;
            if (offset > Long.SIZE - BITS && word + 1 < limbs.length) {
                limbs[word + 1] |= (long) digits[i] >>> (Long.SIZE - offset);
            }
        }
    }

    /** What the steps come to, times both numbers, divided by 2^30 modulo the prime. Both stay between -2 primes and the prime. */
    private void combine(int[] d, int[] e, DivisionSteps steps) {
        int ofD = (steps.u & (d[DIGITS - 1] >> 31)) + (steps.v & (e[DIGITS - 1] >> 31));
        int ofE = (steps.q & (d[DIGITS - 1] >> 31)) + (steps.r & (e[DIGITS - 1] >> 31));
        long sumD = (long) steps.u * d[0] + (long) steps.v * e[0];
        long sumE = (long) steps.q * d[0] + (long) steps.r * e[0];
        // as many primes as make the lowest digits zero
        ofD -= (inverse * (int) sumD + ofD) & MASK;
        ofE -= (inverse * (int) sumE + ofE) & MASK;
        sumD = (sumD + (long) prime[0] * ofD) >> BITS;
        sumE = (sumE + (long) prime[0] * ofE) >> BITS;
        for (int i = 1; i < DIGITS; i++) {
            sumD += (long) steps.u * d[i] + (long) steps.v * e[i] + (long) prime[i] * ofD;
            sumE += (long) steps.q * d[i] + (long) steps.r * e[i] + (long) prime[i] * ofE;
            d[i - 1] = (int) sumD & MASK;
            e[i - 1] = (int) sumE & MASK;
            sumD >>= BITS;
            sumE >>= BITS;
        }
        d[DIGITS - 1] = (int) sumD;
        e[DIGITS - 1] = (int) sumE;
    }

    /** A number between -2 primes and the prime, negated or not, as one from zero to below the prime. */
    private int[] reduced(int[] number, boolean negated) {
        int[] sum = plusPrime(number, number[DIGITS - 1] >> 31);
        int sign = negated ? -1 : 0;
        for (int i = 0; i < DIGITS; i++) {
            sum[i] = (sum[i] ^ sign) - sign;
        }
        carry(sum);
        return plusPrime(sum, sum[DIGITS - 1] >> 31);
    }

    /** @param whether -1 for plus the prime, 0 for the number itself */
    private int[] plusPrime(int[] number, int whether) {
        int[] sum = number.clone();
        for (int i = 0; i < DIGITS; i++) {
            sum[i] += prime[i] & whether;
        }
        carry(sum);
        return sum;
    }

    private static void carry(int[] digits) {
        for (int i = 0; i < DIGITS - 1; i++) {
            digits[i + 1] += digits[i] >> BITS;
            digits[i] &= MASK;
        }
    }
}
