package io.aitbc.openclaw.zk.bn254;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Multiples of points and sums of them. */
final class Multiplication {
    private static final int WIDTH = 5;
    private static final int TABLE = 1 << (WIDTH - 2);

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
        List<Jacobian<F>> multiples = new ArrayList<>();
        List<byte[]> digits = new ArrayList<>();
        int length = 0;
        for (int i = 0; i < points.size(); i++) {
            addOddMultiples(points.get(i), multiples);
            digits.add(Naf.of(scalars.get(i), WIDTH));
            length = Math.max(length, digits.get(i).length);
        }
        List<Point<F>> table = Jacobian.toAffine(multiples);
        Jacobian<F> sum = Jacobian.infinity(points.getFirst().x().zero());
        for (int bit = length - 1; bit >= 0; bit--) {
            sum = sum.twice();
            for (int i = 0; i < points.size(); i++) {
                byte[] naf = digits.get(i);
                int digit = bit < naf.length ? naf[bit] : 0;
                if (digit != 0) {
                    Point<F> multiple = table.get(i * TABLE + (Math.abs(digit) >> 1));
                    sum = sum.add(digit > 0 ? multiple : multiple.negate());
                }
            }
        }
        return sum;
    }

    /** The point times 1, 3, 5, ... */
    private static <F extends FieldElement<F>> void addOddMultiples(Point<F> point, List<Jacobian<F>> multiples) {
        Jacobian<F> multiple = Jacobian.of(point);
        Jacobian<F> twice = multiple.twice();
        for (int i = 0; i < TABLE; i++) {
            multiples.add(multiple);
            multiple = multiple.add(twice);
        }
    }
}
