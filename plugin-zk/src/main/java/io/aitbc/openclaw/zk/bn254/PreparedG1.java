package io.aitbc.openclaw.zk.bn254;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Points of G1 with some of their multiples, for points that are multiplied again and again: the parts of a verification key. */
public final class PreparedG1 {
    /** 64 multiples a point. */
    private static final int WIDTH = 8;

    private final List<OddMultiples<Fp>> points;

    public PreparedG1(List<Point<Fp>> points) {
        this.points = OddMultiples.of(points, WIDTH);
    }

    /**
     * The sum of all scalar * point over these points and others.
     *
     * @param scalars one for each of these points, not negative
     * @param others that are not prepared
     * @param otherScalars one for each of the others, not negative
     */
    public Point<Fp> sum(List<BigInteger> scalars, List<Point<Fp>> others, List<BigInteger> otherScalars) {
        List<OddMultiples<Fp>> all = new ArrayList<>(points);
        all.addAll(Multiplication.multiples(others));
        List<BigInteger> allScalars = new ArrayList<>(scalars);
        allScalars.addAll(otherScalars);
        return Multiplication.sumOfMultiples(all, allScalars).toAffine();
    }
}
