package io.aitbc.openclaw.zk.bn254;

import java.math.BigInteger;

/** Signed digits of a number: each is zero or odd, and few are not zero (width-w non-adjacent form). */
final class Naf {
    private Naf() {}

    /**
     * @param number not negative
     * @param width digits lie between -2^(width-1) and 2^(width-1); from 2 to 8
     * @return the least significant digit first
     */
    static byte[] of(BigInteger number, int width) {
        byte[] digits = new byte[number.bitLength() + 1];
        BigInteger rest = number;
        for (int i = 0; rest.signum() != 0; i++) {
            int zeros = rest.getLowestSetBit();
            i += zeros;
            rest = rest.shiftRight(zeros);
            int digit = rest.intValue() & ((1 << width) - 1);
            if (digit >= 1 << (width - 1)) {
                digit -= 1 << width;
            }
            digits[i] = (byte) digit;
            rest = rest.subtract(BigInteger.valueOf(digit)).shiftRight(1);
        }
        return digits;
    }
}
