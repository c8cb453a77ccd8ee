package io.aitbc.openclaw.zk.bn254;

import java.math.BigInteger;

/**
 * {@code c0 + c1*u} with {@code u^2 = -1}. Coordinates of points of G2 are such numbers.
 *
 * @param c0 real part
 * @param c1 imaginary part
 */
public record Fp2(Fp c0, Fp c1) implements FieldElement<Fp2> {
    public static final Fp2 ZERO = new Fp2(Fp.ZERO, Fp.ZERO);
    public static final Fp2 ONE = new Fp2(Fp.ONE, Fp.ZERO);

    /** The non-residue {@code 9 + u} that the tower and the twist are built with. */
    static final Fp2 XI = of(BigInteger.valueOf(9), BigInteger.ONE);

    /** @param c0 real part, any whole number */
    public static Fp2 of(BigInteger c0, BigInteger c1) {
        return new Fp2(Fp.valueOf(c0), Fp.valueOf(c1));
    }

    @Override
    public Fp2 add(Fp2 other) {
        return new Fp2(c0.add(other.c0), c1.add(other.c1));
    }

    @Override
    public Fp2 subtract(Fp2 other) {
        return new Fp2(c0.subtract(other.c0), c1.subtract(other.c1));
    }

    @Override
    public Fp2 negate() {
        return new Fp2(c0.negate(), c1.negate());
    }

    @Override
    public Fp2 twice() {
        return new Fp2(c0.twice(), c1.twice());
    }

    @Override
    public Fp2 multiply(Fp2 other) {
        return new Fp2(
                Fp.differenceOfProducts(c0, other.c0, c1, other.c1), Fp.sumOfProducts(c0, other.c1, c1, other.c0));
    }

    @Override
    public Fp2 square() {
        return new Fp2(c0.add(c1).multiply(c0.subtract(c1)), c0.twice().multiply(c1));
    }

    Fp2 multiply(Fp factor) {
        return new Fp2(c0.multiply(factor), c1.multiply(factor));
    }

    /** Times {@link #XI}. */
    Fp2 timesXi() {
        return new Fp2(c0.nineTimesMinus(c1), c1.nineTimesPlus(c0));
    }

    Fp2 threefold() {
        return twice().add(this);
    }

    /** The image under x -> x^p. */
    Fp2 conjugate() {
        return new Fp2(c0, c1.negate());
    }

    @Override
    public Fp2 inverse() {
        Fp norm = Fp.sumOfProducts(c0, c0, c1, c1).inverse();
        return new Fp2(c0.multiply(norm), c1.negate().multiply(norm));
    }

    Fp2 power(BigInteger exponent) {
        Fp2 result = ONE;
        for (int bit = exponent.bitLength() - 1; bit >= 0; bit--) {
            result = result.square();
            if (exponent.testBit(bit)) {
                result = result.multiply(this);
            }
        }
        return result;
    }

    @Override
    public boolean isZero() {
        return c0.isZero() && c1.isZero();
    }

    @Override
    public Fp2 zero() {
        return ZERO;
    }

    @Override
    public Fp2 one() {
        return ONE;
    }
}
