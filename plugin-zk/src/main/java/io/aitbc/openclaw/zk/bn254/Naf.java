package io.aitbc.openclaw.zk.bn254;

import java.math.BigInteger;

/** Signed digits of a number: each is zero or odd, and few are not zero (width-w non-adjacent form). */
final class Naf {
    private static final int WORD = 64;

    private Naf() {}

    /**
     * @param number not negative
     * @param width digits lie between -2^(width-1) and 2^(width-1); from 2 to 8
     * @return the least significant digit first
     */
    static byte[] of(BigInteger number, int width) {
        long[] limbs = limbs(number);
        byte[] digits = new byte[number.bitLength() + 1];
        int carry = 0;
        int at = 0;
        while (at < digits.length) {
            int window = bits(limbs, at, width) + carry;
            if ((window & 1) == 0) {
                // an odd number is still to come; the carry of 1 + 1 is the carry there was
                at++;
                continue;
            }
            carry = window >> (width - 1);
            digits[at] = (byte) (window - (carry << width));
            at += width;
        }
        return digits;
    }

    /** One more than the number fills, so that windows may reach beyond its end. */
    private static long[] limbs(BigInteger number) {
        long[] limbs = new long[number.bitLength() / WORD + 2];
        for (int i = 0; i < limbs.length; i++) {
            limbs[i] = Modulus.limb(number, i);
        }
        return limbs;
    }

    private static int bits(long[] limbs, int at, int width) {
        int word = at / WORD;
        int offset = at % WORD;
        long window = limbs[word] >>> offset;
        if (offset + width > WORD) {
            window |= limbs[word + 1] << (WORD - offset);
        }
        return (int) window & ((1 << width) - 1);
    }
}
