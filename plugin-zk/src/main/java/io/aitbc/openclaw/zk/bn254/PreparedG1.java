package io.aitbc.openclaw.zk.bn254;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Points of G1 with some of their multiples, for points that are multiplied again and again: the parts of a verification key. Scalars must be no
 * secrets: they can be told from the time.
 */
public final class PreparedG1 {
    /** 64 multiples a point. */
    private static final int WIDTH = 8;

    /** As many multiples as are worth it for points that are multiplied once. */
    private static final int WIDTH_OF_OTHERS = 5;

    private final List<PublicSums.Multiples> points;

    public PreparedG1(List<Point<Fp>> points) {
        this.points = PublicSums.Multiples.of(points, WIDTH);
    }

    /**
     * The sum of all scalar * point.
     *
     * @param scalars one for each point, not negative
     */
    public Point<Fp> sum(List<BigInteger> scalars) {
        return sums(List.of(), List.of(scalars)).getFirst();
    }

    /**
     * Sums of scalar * point over these points and others, each with scalars of its own.
     *
     * @param others that are not prepared
     * @param scalars for each sum a list: one scalar for each of these points, then one for each of the others, not negative
     */
    public List<Point<Fp>> sums(List<Point<Fp>> others, List<List<BigInteger>> scalars) {
        List<PublicSums.Multiples> all = new ArrayList<>(points);
        all.addAll(PublicSums.Multiples.of(others, WIDTH_OF_OTHERS));
        PublicSums sums = new PublicSums(scalars.size());
        for (int sum = 0; sum < scalars.size(); sum++) {
            for (int i = 0; i < all.size(); i++) {
                sums.add(sum, all.get(i), scalars.get(sum).get(i));
            }
        }
        return sums.values();
    }
}
