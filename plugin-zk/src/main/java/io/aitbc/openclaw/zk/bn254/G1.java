package io.aitbc.openclaw.zk.bn254;

import java.math.BigInteger;
import java.util.List;

/** The group of points of y^2 = x^3 + 3 over the base field. Its order is prime, so every point of the curve is in it. */
public final class G1 {
    public static final Point<Fp> GENERATOR = Point.of(Fp.ONE, Fp.valueOf(BigInteger.TWO));

    static final Fp B = Fp.valueOf(BigInteger.valueOf(3));

    private G1() {}

    public static boolean contains(Point<Fp> point) {
        return point.isOn(B);
    }

    /** @param scalar not negative */
    public static Point<Fp> multiply(Point<Fp> point, BigInteger scalar) {
        return Multiplication.multiply(point, scalar).toAffine();
    }

    public static Point<Fp> add(Point<Fp> one, Point<Fp> other) {
        return Jacobian.of(one).add(other).toAffine();
    }

    /**
     * The sum of all scalar * point.
     *
     * @param points at least one
     * @param scalars as many, not negative
     */
    public static Point<Fp> sum(List<Point<Fp>> points, List<BigInteger> scalars) {
        return Multiplication.sum(points, scalars).toAffine();
    }
}
