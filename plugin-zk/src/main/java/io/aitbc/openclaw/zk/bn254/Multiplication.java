package io.aitbc.openclaw.zk.bn254;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Multiples of points and sums of them. */
final class Multiplication {
    private static final int WIDTH = 5;

    private Multiplication() {}

    /** @param scalar not negative */
    static <F extends FieldElement<F>> Jacobian<F> multiply(Point<F> point, BigInteger scalar) {
        return sum(List.of(point), List.of(scalar));
    }

    /**
     * The sum of all scalar * point.
     *
     * @param points at least one
     * @param scalars as many, not negative
     */
    static <F extends FieldElement<F>> Jacobian<F> sum(List<Point<F>> points, List<BigInteger> scalars) {
        return sumOfMultiples(multiples(points), scalars);
    }

    /** As many as are worth it for points that are multiplied once. */
    static <F extends FieldElement<F>> List<OddMultiples<F>> multiples(List<Point<F>> points) {
        return OddMultiples.of(points, WIDTH);
    }

    /**
     * The sum of all scalar * point, with shared doublings (Straus).
     *
     * @param points at least one
     * @param scalars as many, not negative
     */
    static <F extends FieldElement<F>> Jacobian<F> sumOfMultiples(
            List<OddMultiples<F>> points, List<BigInteger> scalars) {
        List<byte[]> digits = new ArrayList<>();
        int length = 0;
        for (int i = 0; i < points.size(); i++) {
            digits.add(Naf.of(scalars.get(i), points.get(i).width()));
            length = Math.max(length, digits.get(i).length);
        }
        Jacobian<F> sum =
                Jacobian.infinity(points.getFirst().list().getFirst().x().zero());
        for (int bit = length - 1; bit >= 0; bit--) {
            sum = sum.twice();
            for (int i = 0; i < points.size(); i++) {
                byte[] naf = digits.get(i);
                if (bit < naf.length && naf[bit] != 0) {
                    sum = sum.add(points.get(i).times(naf[bit]));
                }
            }
        }
        return sum;
    }
}
