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
     * The sum of all scalar * point, with shared doublings (Straus).
     *
     * @param points at least one
     * @param scalars as many, not negative
     */
    static <F extends FieldElement<F>> Jacobian<F> sum(List<Point<F>> points, List<BigInteger> scalars) {
        List<List<Jacobian<F>>> tables = new ArrayList<>();
        List<byte[]> digits = new ArrayList<>();
        int length = 0;
        for (int i = 0; i < points.size(); i++) {
            tables.add(oddMultiples(points.get(i)));
            digits.add(Naf.of(scalars.get(i), WIDTH));
            length = Math.max(length, digits.get(i).length);
        }
        Jacobian<F> sum = Jacobian.infinity(points.getFirst().x().zero());
        for (int bit = length - 1; bit >= 0; bit--) {
            sum = sum.twice();
            for (int i = 0; i < tables.size(); i++) {
                byte[] naf = digits.get(i);
                if (bit < naf.length && naf[bit] > 0) {
                    sum = sum.add(tables.get(i).get(naf[bit] >> 1));
                } else if (bit < naf.length && naf[bit] < 0) {
                    sum = sum.add(tables.get(i).get(-naf[bit] >> 1).negate());
                }
            }
        }
        return sum;
    }

    private static <F extends FieldElement<F>> List<Jacobian<F>> oddMultiples(Point<F> point) {
        List<Jacobian<F>> multiples = new ArrayList<>();
        Jacobian<F> multiple = Jacobian.of(point);
        Jacobian<F> twice = multiple.twice();
        for (int i = 0; i < 1 << (WIDTH - 2); i++) {
            multiples.add(multiple);
            multiple = multiple.add(twice);
        }
        return multiples;
    }
}
