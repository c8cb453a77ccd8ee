package io.aitbc.openclaw.zk.bn254;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Raises values of the pairing to the curve's parameter. Squares stay compressed; those that a digit asks for are decompressed together and sorted by
 * digit (A. Yao, "On the evaluation of powers", 1976).
 */
final class ParameterPower {
    private static final int WIDTH = 4;
    private static final byte[] DIGITS = Naf.of(Curve.PARAMETER, WIDTH);

    private ParameterPower() {}

    /** @param value as in {@link CompressedFp12} */
    static Fp12 of(Fp12 value) {
        List<CompressedFp12> squares = new ArrayList<>();
        CompressedFp12 square = CompressedFp12.of(value);
        for (int i = 0; i < DIGITS.length; i++) {
            square = i == 0 ? square : square.square();
            if (DIGITS[i] != 0) {
                squares.add(square);
            }
        }
        return squares.stream().allMatch(CompressedFp12::isDecompressible)
                ? product(CompressedFp12.decompressed(squares))
                : value.cyclotomicPower(Curve.PARAMETER);
    }

    /** @param powers one for each digit that is not zero, to be raised to it */
    private static Fp12 product(List<Fp12> powers) {
        Fp12[] products = new Fp12[1 << (WIDTH - 2)];
        Arrays.fill(products, Fp12.ONE);
        int next = 0;
        for (byte digit : DIGITS) {
            if (digit != 0) {
                Fp12 power = powers.get(next++);
                int odd = Math.abs(digit) >> 1;
                Fp12 factor = digit > 0 ? power : power.conjugate();
                products[odd] = products[odd].isOne() ? factor : products[odd].multiply(factor);
            }
        }
        // the i-th of them to the power of 2*i + 1
        Fp12 all = products[products.length - 1];
        Fp12 half = all;
        for (int i = products.length - 2; i > 0; i--) {
            all = all.multiply(products[i]);
            half = half.multiply(all);
        }
        return half.cyclotomicSquare().multiply(all.multiply(products[0]));
    }
}
