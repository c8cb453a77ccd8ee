package io.aitbc.openclaw.zk.bn254;

import java.util.ArrayList;
import java.util.List;

/**
 * A point times 1, 3, 5, ...: what the digits of a scalar can ask for.
 *
 * @param width of the digits: see {@link Naf}
 * @param list 2^(width-2) points
 */
record OddMultiples<F extends FieldElement<F>>(int width, List<Point<F>> list) {
    /** Of each point. They share one inversion. */
    static <F extends FieldElement<F>> List<OddMultiples<F>> of(List<Point<F>> points, int width) {
        int size = 1 << (width - 2);
        List<Jacobian<F>> multiples = new ArrayList<>(points.size() * size);
        for (Point<F> point : points) {
            Jacobian<F> multiple = Jacobian.of(point);
            Jacobian<F> twice = multiple.twice();
            for (int i = 0; i < size; i++) {
                multiples.add(multiple);
                multiple = multiple.add(twice);
            }
        }
        List<Point<F>> affine = Jacobian.toAffine(multiples);
        List<OddMultiples<F>> tables = new ArrayList<>(points.size());
        for (int start = 0; start < affine.size(); start += size) {
            tables.add(new OddMultiples<>(width, affine.subList(start, start + size)));
        }
        return tables;
    }

    /** @param digit not zero */
    Point<F> times(int digit) {
        Point<F> multiple = list.get(Math.abs(digit) >> 1);
        return digit > 0 ? multiple : multiple.negate();
    }
}
