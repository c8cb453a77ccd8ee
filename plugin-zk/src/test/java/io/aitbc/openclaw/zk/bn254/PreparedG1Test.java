package io.aitbc.openclaw.zk.bn254;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares with sums of multiples that are made one by one. */
class PreparedG1Test {
    private static final BigInteger ORDER = Fr.ORDER;
    private static final Point<Fp> INFINITY = Point.infinity(Fp.ZERO);

    private final Random random = new Random(17);

    @Test
    void sums_are_those_of_the_multiples() {
        for (int round = 0; round < 60; round++) {
            List<Point<Fp>> points = points(1 + random.nextInt(4));
            List<Point<Fp>> others = points(random.nextInt(4));
            List<Point<Fp>> all = new ArrayList<>(points);
            all.addAll(others);
            List<BigInteger> scalars = scalars(all.size());
            List<BigInteger> moreScalars = scalars(all.size());
            assertThat(new PreparedG1(points).sums(others, List.of(scalars, moreScalars)))
                    .containsExactly(expected(all, scalars), expected(all, moreScalars));
        }
    }

    @Test
    void equal_and_opposite_points_and_infinity_are_summed_up() {
        Point<Fp> point = point();
        BigInteger scalar = new BigInteger(253, random);
        PreparedG1 prepared = new PreparedG1(List.of(point, point, point.negate(), INFINITY));
        assertThat(prepared.sum(List.of(scalar, scalar, scalar, scalar))).isEqualTo(G1.multiply(point, scalar));
        assertThat(prepared.sum(List.of(scalar, BigInteger.ZERO, scalar, BigInteger.ONE)))
                .isEqualTo(INFINITY);
        assertThat(prepared.sum(List.of(scalar, ORDER.subtract(scalar), BigInteger.ZERO, scalar)))
                .isEqualTo(INFINITY);
        assertThat(prepared.sums(List.of(point.negate()), List.of(List.of(scalar, scalar, scalar, scalar, scalar))))
                .containsExactly(INFINITY);
    }

    @Test
    void an_image_beside_its_point_is_summed_up() {
        Point<Fp> point = point();
        Point<Fp> image = Endomorphism.map(point);
        PreparedG1 prepared = new PreparedG1(List.of(point, image, Endomorphism.map(image)));
        for (int i = 0; i < 9; i++) {
            BigInteger scalar = BigInteger.valueOf(i).multiply(new BigInteger(250, random));
            // 1 + lambda + lambda^2 = 0
            assertThat(prepared.sum(List.of(scalar, scalar, scalar))).isEqualTo(INFINITY);
        }
    }

    @Test
    void every_small_scalar_and_every_one_next_to_the_order_counts() {
        PreparedG1 prepared = new PreparedG1(List.of(G1.GENERATOR));
        for (int i = 0; i < 300; i++) {
            BigInteger scalar = BigInteger.valueOf(i);
            Point<Fp> multiple = G1.multiply(G1.GENERATOR, scalar);
            assertThat(prepared.sum(List.of(scalar))).isEqualTo(multiple);
            assertThat(prepared.sum(List.of(ORDER.add(scalar)))).isEqualTo(multiple);
            assertThat(prepared.sum(List.of(ORDER.subtract(scalar)))).isEqualTo(multiple.negate());
        }
    }

    private static Point<Fp> expected(List<Point<Fp>> points, List<BigInteger> scalars) {
        Point<Fp> sum = INFINITY;
        for (int i = 0; i < points.size(); i++) {
            sum = G1.add(sum, G1.multiply(points.get(i), scalars.get(i)));
        }
        return sum;
    }

    private List<Point<Fp>> points(int count) {
        List<Point<Fp>> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            points.add(random.nextInt(6) == 0 ? INFINITY : point());
        }
        return points;
    }

    private Point<Fp> point() {
        return G1.multiply(G1.GENERATOR, new BigInteger(253, random));
    }

    private List<BigInteger> scalars(int count) {
        List<BigInteger> scalars = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            scalars.add(
                    switch (random.nextInt(5)) {
                        case 0 -> BigInteger.ZERO;
                        case 1 -> ORDER.subtract(BigInteger.ONE);
                        case 2 -> new BigInteger(1 + random.nextInt(300), random);
                        default -> new BigInteger(254, random);
                    });
        }
        return scalars;
    }
}
