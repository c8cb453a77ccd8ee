package io.aitbc.openclaw.zk.bn254;

import java.math.BigInteger;

/**
 * The map (x, y) -> (beta*x, y) of G1, which multiplies by lambda and costs one multiplication. With it a multiple of a point is the sum of two
 * multiples by half as long scalars (R. Gallant, R. Lambert, S. Vanstone, "Faster Point Multiplication on Elliptic Curves with Efficient
 * Endomorphisms", 2001). The time depends on the scalar: not for secret ones.
 */
final class Endomorphism {
    private static final BigInteger T = Curve.PARAMETER;
    private static final BigInteger SIX_TT = T.multiply(T).multiply(BigInteger.valueOf(6));

    /** 36*t^3 + 18*t^2 + 6*t + 1, a cube root of unity modulo the order. */
    static final BigInteger LAMBDA = SIX_TT.multiply(
                    T.multiply(BigInteger.valueOf(6)).add(BigInteger.valueOf(3)))
            .add(T.multiply(BigInteger.valueOf(6)))
            .add(BigInteger.ONE);

    /** The cube root of unity modulo the prime that belongs to it. */
    static final Fp BETA = Fp.valueOf(new BigInteger("2203960485148121921418603742825762020974279258880205651966"));

    /** LONG + SHORT*lambda and SHORT - LESS_LONG*lambda are multiples of the order: a short basis of all such pairs. */
    private static final BigInteger SHORT = T.add(T).add(BigInteger.ONE);

    private static final BigInteger LESS_LONG = SIX_TT.add(T).add(T);
    private static final BigInteger LONG = LESS_LONG.add(SHORT);

    private static final int PRECISION = 320;
    private static final BigInteger HALF = BigInteger.ONE.shiftLeft(PRECISION - 1);
    private static final BigInteger SHORT_BY_ORDER = SHORT.shiftLeft(PRECISION).divide(Fr.ORDER);
    private static final BigInteger LESS_LONG_BY_ORDER =
            LESS_LONG.shiftLeft(PRECISION).divide(Fr.ORDER);

    private Endomorphism() {}

    /**
     * Numbers of at most 127 bits, any sign, with scalar = plain + mapped*lambda modulo the order.
     *
     * @param plain by which a point is multiplied
     * @param mapped by which its image is multiplied
     */
    record Halves(BigInteger plain, BigInteger mapped) {}

    /** @param scalar not negative */
    static Halves halves(BigInteger scalar) {
        BigInteger k = scalar.mod(Fr.ORDER);
        BigInteger first = rounded(k.multiply(LESS_LONG_BY_ORDER));
        BigInteger second = rounded(k.multiply(SHORT_BY_ORDER));
        return new Halves(
                k.subtract(first.multiply(LONG)).subtract(second.multiply(SHORT)),
                second.multiply(LESS_LONG).subtract(first.multiply(SHORT)));
    }

    private static BigInteger rounded(BigInteger fraction) {
        return fraction.add(HALF).shiftRight(PRECISION);
    }

    static Point<Fp> map(Point<Fp> point) {
        return new Point<>(point.x().multiply(BETA), point.y(), point.infinite());
    }
}
