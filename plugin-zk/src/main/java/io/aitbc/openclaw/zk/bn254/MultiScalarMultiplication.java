package io.aitbc.openclaw.zk.bn254;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sum of many scalar * point, each scalar cut into signed digits, points with the same digit added first (N. Pippenger, "On the evaluation of
 * powers and related problems", 1976). Zeros, and infinity, cost nothing; small scalars little.
 *
 * @param <F> field of the coordinates
 */
public final class MultiScalarMultiplication<F extends FieldElement<F>> {
    private static final int SCALAR_BITS = 254;
    private static final int WIDEST = 15;

    /** Multiplications for a point in a bucket, and for adding up a bucket. */
    private static final int POINT_COST = 6;

    private static final int BUCKET_COST = 27;

    private final PointArray<F> points;
    private final int[] indexes;
    private final int width;
    private final short[][] digits;

    private MultiScalarMultiplication(PointArray<F> points, Scalars scalars) throws InterruptedException {
        this.points = points;
        indexes = counting(points, scalars);
        width = width(indexes.length);
        digits = new short[SCALAR_BITS / width + 1][indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            cut(scalars, i);
        }
        Interruption.check();
    }

    /**
     * @param points as many as there are scalars
     * @param scalars plain numbers below the order, not their Montgomery forms
     */
    public static <F extends FieldElement<F>> Point<F> sum(PointArray<F> points, Scalars scalars, Workers workers)
            throws InterruptedException {
        if (points.size() != scalars.size()) {
            throw new IllegalArgumentException("%d points, but %d scalars".formatted(points.size(), scalars.size()));
        }
        return new MultiScalarMultiplication<>(points, scalars).sum(workers);
    }

    /** Those that make a difference. */
    private static int[] counting(PointArray<?> points, Scalars scalars) {
        int[] indexes = new int[points.size()];
        int count = 0;
        for (int i = 0; i < indexes.length; i++) {
            if (!scalars.isZero(i) && !points.isInfinite(i)) {
                indexes[count++] = i;
            }
        }
        return Arrays.copyOf(indexes, count);
    }

    /** Wide digits make few rounds over all points, and many buckets in each. */
    static int width(int points) {
        int best = 2;
        long least = Long.MAX_VALUE;
        for (int width = 2; width <= WIDEST; width++) {
            long cost =
                    (SCALAR_BITS / width + 1L) * ((long) POINT_COST * points + (long) BUCKET_COST * (1 << (width - 1)));
            if (cost < least) {
                least = cost;
                best = width;
            }
        }
        return best;
    }

    /** Digits lie between -2^(width-1), excluded, and 2^(width-1). */
    private void cut(Scalars scalars, int column) {
        int carry = 0;
        for (int round = 0; round < digits.length; round++) {
            int digit = scalars.bits(indexes[column], round * width, width) + carry;
            carry = digit > 1 << (width - 1) ? 1 : 0;
            digits[round][column] = (short) (digit - (carry << width));
        }
    }

    private Point<F> sum(Workers workers) throws InterruptedException {
        List<Workers.Part<Jacobian<F>>> rounds = new ArrayList<>();
        for (short[] column : digits) {
            rounds.add(() -> round(column));
        }
        Jacobian<F> sum = Jacobian.infinity(points.zero());
        for (Jacobian<F> round : workers.all(rounds).reversed()) {
            for (int i = 0; i < width; i++) {
                sum = sum.twice();
            }
            sum = sum.add(round);
        }
        return sum.toAffine();
    }

    /** The sum of digit * point. */
    private Jacobian<F> round(short[] column) throws InterruptedException {
        int[] sizes = new int[1 << (width - 1)];
        int count = 0;
        for (short digit : column) {
            if (digit != 0) {
                sizes[Math.abs(digit) - 1]++;
                count++;
            }
        }
        List<@Nullable Point<F>> sorted = new ArrayList<>(java.util.Collections.nCopies(count, null));
        int[] next = new int[sizes.length];
        for (int i = 1; i < sizes.length; i++) {
            next[i] = next[i - 1] + sizes[i - 1];
        }
        for (int i = 0; i < column.length; i++) {
            if (column[i] != 0) {
                Point<F> point = points.get(indexes[i]);
                sorted.set(next[Math.abs(column[i]) - 1]++, column[i] > 0 ? point : point.negate());
            }
        }
        return weighted(new BucketSums<>(sorted, sizes, points.zero().one()).sums(Interruption::check));
    }

    /** The sum of (index + 1) * point. */
    private Jacobian<F> weighted(List<@Nullable Point<F>> buckets) {
        Jacobian<F> running = Jacobian.infinity(points.zero());
        Jacobian<F> sum = running;
        for (@Nullable Point<F> bucket : buckets.reversed()) {
            running = bucket == null ? running : running.add(bucket);
            sum = sum.add(running);
        }
        return sum;
    }
}
