package io.aitbc.openclaw.zk.bn254;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sums of the points in each of many buckets. Neighbours in a bucket are added in pairs, round after round, in affine coordinates: the additions of a
 * round do not depend on each other, so that many of them share one inversion, and an addition costs six multiplications in place of eleven.
 *
 * @param <F> field of the coordinates
 */
final class BucketSums<F extends FieldElement<F>> {
    /** Additions that share an inversion, which takes as long as some ten of them. */
    private static final int BATCH = 1024;

    /** Points bucket by bucket; infinity is null. */
    private final List<@Nullable Point<F>> points;

    /** Index of the first point of each bucket. */
    private final int[] starts;

    private final int[] sizes;

    private final int[] targets = new int[BATCH];
    private final int[] lefts = new int[BATCH];
    private final List<F> denominators = new ArrayList<>(BATCH);
    private final F one;

    /**
     * @param points bucket by bucket
     * @param sizes of the buckets
     * @param one of the field
     */
    BucketSums(List<@Nullable Point<F>> points, int[] sizes, F one) {
        this.points = points;
        this.sizes = sizes.clone();
        this.one = one;
        starts = new int[sizes.length];
        for (int i = 1; i < sizes.length; i++) {
            starts[i] = starts[i - 1] + sizes[i - 1];
        }
    }

    /**
     * What happens now and then in between.
     *
     * @param <E> what can come of it
     */
    interface Pause<E extends Exception> {
        void take() throws E;
    }

    /** The sum of each bucket; null is infinity. */
    <E extends Exception> List<@Nullable Point<F>> sums(Pause<E> pause) throws E {
        boolean more = true;
        while (more) {
            more = false;
            for (int bucket = 0; bucket < sizes.length; bucket++) {
                halve(bucket, pause);
                more |= sizes[bucket] > 1;
            }
            addPairs(pause);
        }
        List<@Nullable Point<F>> sums = new ArrayList<>(sizes.length);
        for (int bucket = 0; bucket < sizes.length; bucket++) {
            sums.add(sizes[bucket] == 0 ? null : points.get(starts[bucket]));
        }
        return sums;
    }

    /** Pairs up what is in a bucket. An odd one out stays where it is, first, so that no sum lands on a point that is still to be read. */
    private <E extends Exception> void halve(int bucket, Pause<E> pause) throws E {
        int size = sizes[bucket];
        int odd = size & 1;
        for (int pair = 0; pair < size / 2; pair++) {
            int left = starts[bucket] + odd + 2 * pair;
            targets[denominators.size()] = starts[bucket] + odd + pair;
            lefts[denominators.size()] = left;
            denominators.add(denominator(points.get(left), points.get(left + 1)));
            if (denominators.size() == BATCH) {
                addPairs(pause);
            }
        }
        sizes[bucket] = size / 2 + odd;
    }

    /** What the slope of the line through both is divided by; 1 where no line is needed. */
    private F denominator(@Nullable Point<F> left, @Nullable Point<F> right) {
        if (left == null || right == null) {
            return one;
        }
        F difference = right.x().subtract(left.x());
        if (!difference.isZero()) {
            return difference;
        }
        F twice = left.y().add(right.y());
        return twice.isZero() ? one : twice;
    }

    private <E extends Exception> void addPairs(Pause<E> pause) throws E {
        pause.take();
        List<F> inverses = Inverses.of(denominators);
        for (int i = 0; i < inverses.size(); i++) {
            points.set(targets[i], sum(points.get(lefts[i]), points.get(lefts[i] + 1), inverses.get(i)));
        }
        denominators.clear();
    }

    private @Nullable Point<F> sum(@Nullable Point<F> left, @Nullable Point<F> right, F inverse) {
        if (left == null) {
            return right;
        }
        if (right == null) {
            return left;
        }
        F rise;
        if (left.x().equals(right.x())) {
            if (!left.y().equals(right.y())) {
                return null;
            }
            F square = left.x().square();
            rise = square.twice().add(square);
        } else {
            rise = right.y().subtract(left.y());
        }
        F slope = rise.multiply(inverse);
        F x = slope.square().subtract(left.x()).subtract(right.x());
        return Point.of(x, slope.multiply(left.x().subtract(x)).subtract(left.y()));
    }
}
