package io.aitbc.openclaw.zk.bn254;

import java.math.BigInteger;

/** {@code c0 + c1*w} with {@code w^2 = v}: where values of the pairing live. */
public record Fp12(Fp6 c0, Fp6 c1) {
    private static final int WIDTH = 4;

    public static final Fp12 ONE = new Fp12(Fp6.ONE, Fp6.ZERO);

    public Fp12 multiply(Fp12 other) {
        Fp6 product0 = c0.multiply(other.c0);
        Fp6 product1 = c1.multiply(other.c1);
        Fp6 cross = c0.add(c1).multiply(other.c0.add(other.c1));
        return new Fp12(product0.add(product1.timesV()), cross.subtract(product0.add(product1)));
    }

    Fp12 square() {
        Fp6 product = c0.multiply(c1);
        Fp6 sum = c0.add(c1).multiply(c0.add(c1.timesV()));
        return new Fp12(sum.subtract(product.add(product.timesV())), product.add(product));
    }

    /** Times {@code 1 + a*w + b*w^3}, the shape of a prepared line. */
    Fp12 multiplyLine(Fp2 a, Fp2 b) {
        Fp6 product = c1.multiply(a, b);
        return new Fp12(c0.add(product.timesV()), c1.add(c0.multiply(a, b)));
    }

    /** Times {@code one + a*w + b*w^3}, the shape of a line. */
    Fp12 multiplyLine(Fp2 one, Fp2 a, Fp2 b) {
        Fp6 product0 = c0.multiply(one);
        Fp6 product1 = c1.multiply(a, b);
        Fp6 cross = c0.add(c1).multiply(one.add(a), b);
        return new Fp12(product0.add(product1.timesV()), cross.subtract(product0.add(product1)));
    }

    /** The image under x -> x^(p^6); for a value of the pairing, its inverse. */
    Fp12 conjugate() {
        return new Fp12(c0, c1.negate());
    }

    Fp12 inverse() {
        Fp6 norm = c0.multiply(c0).subtract(c1.multiply(c1).timesV()).inverse();
        return new Fp12(c0.multiply(norm), c1.multiply(norm).negate());
    }

    /**
     * The square of an element whose order divides p^4 - p^2 + 1 (R. Granger, M. Scott, "Faster squaring in the cyclotomic subgroup of
     * sixth degree extensions", 2009/565).
     */
    Fp12 cyclotomicSquare() {
        Fp2 a0 = c0.c0();
        Fp2 a1 = c1.c1();
        Fp2 b0 = c1.c0();
        Fp2 b1 = c0.c2();
        Fp2 d0 = c0.c1();
        Fp2 d1 = c1.c2();
        Fp2 a = sumOfSquares(a0, a1);
        Fp2 b = sumOfSquares(b0, b1);
        Fp2 d = sumOfSquares(d0, d1);
        Fp2 twiceA = a0.multiply(a1).twice();
        Fp2 twiceB = b0.multiply(b1).twice();
        Fp2 twiceD = d0.multiply(d1).twice().timesXi();
        return new Fp12(
                new Fp6(threefoldMinusTwice(a, a0), threefoldMinusTwice(b, d0), threefoldMinusTwice(d, b1)),
                new Fp6(
                        threefoldPlusTwice(twiceD, b0),
                        threefoldPlusTwice(twiceA, a1),
                        threefoldPlusTwice(twiceB, d1)));
    }

    /** {@code 3*x - 2*y}. */
    static Fp2 threefoldMinusTwice(Fp2 x, Fp2 y) {
        return x.subtract(y).twice().add(x);
    }

    /** {@code 3*x + 2*y}. */
    static Fp2 threefoldPlusTwice(Fp2 x, Fp2 y) {
        return x.add(y).twice().add(x);
    }

    /** {@code x^2 + xi*y^2}. */
    static Fp2 sumOfSquares(Fp2 x, Fp2 y) {
        return x.square().add(y.square().timesXi());
    }

    /**
     * The power of an element as in {@link #cyclotomicSquare}, of a value of the pairing for example.
     *
     * @param exponent not negative
     */
    public Fp12 cyclotomicPower(BigInteger exponent) {
        Fp12[] odd = new Fp12[1 << (WIDTH - 2)];
        odd[0] = this;
        Fp12 square = cyclotomicSquare();
        for (int i = 1; i < odd.length; i++) {
            odd[i] = odd[i - 1].multiply(square);
        }
        byte[] digits = Naf.of(exponent, WIDTH);
        Fp12 power = ONE;
        for (int i = digits.length - 1; i >= 0; i--) {
            power = power.cyclotomicSquare();
            if (digits[i] != 0) {
                Fp12 factor = odd[Math.abs(digits[i]) >> 1];
                power = power.multiply(digits[i] > 0 ? factor : factor.conjugate());
            }
        }
        return power;
    }

    public boolean isOne() {
        return equals(ONE);
    }
}
