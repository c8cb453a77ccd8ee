package io.aitbc.openclaw.zk.bn254;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupTest {
    private static final BigInteger P = Fp.PRIME;
    private static final BigInteger T = Curve.PARAMETER;

    private final Random random = new Random(14);

    @Test
    void primes_are_those_of_the_parameter() {
        assertThat(P).isEqualTo(polynomial(36, 36, 24, 6, 1));
        assertThat(Fr.ORDER).isEqualTo(polynomial(36, 36, 18, 6, 1));
    }

    @Test
    void generators_are_in_their_groups_and_of_their_order() {
        assertThat(G1.contains(G1.GENERATOR)).isTrue();
        assertThat(G1.multiply(G1.GENERATOR, Fr.ORDER).infinite()).isTrue();
        assertThat(G2.contains(G2.GENERATOR)).isTrue();
        assertThat(G2.multiply(G2.GENERATOR, Fr.ORDER).infinite()).isTrue();
    }

    @Test
    void multiples_are_repeated_sums() {
        Point<Fp> sum = Point.infinity(Fp.ZERO);
        Point<Fp2> sum2 = Point.infinity(Fp2.ZERO);
        for (int i = 0; i < 70; i++) {
            assertThat(G1.multiply(G1.GENERATOR, BigInteger.valueOf(i))).isEqualTo(sum);
            assertThat(G2.multiply(G2.GENERATOR, BigInteger.valueOf(i))).isEqualTo(sum2);
            assertThat(G1.contains(sum)).isTrue();
            assertThat(G2.contains(sum2)).isTrue();
            sum = G1.add(sum, G1.GENERATOR);
            sum2 = G2.add(sum2, G2.GENERATOR);
        }
        assertThat(G1.add(sum, sum.negate()).infinite()).isTrue();
        assertThat(G1.add(sum, sum)).isEqualTo(G1.multiply(sum, BigInteger.TWO));
    }

    @Test
    void sums_of_multiples_are_those_of_the_parts() {
        List<Point<Fp>> points = new ArrayList<>();
        List<BigInteger> scalars = new ArrayList<>();
        Point<Fp> expected = Point.infinity(Fp.ZERO);
        for (int i = 0; i < 9; i++) {
            Point<Fp> point = i == 3 ? Point.infinity(Fp.ZERO) : G1.multiply(G1.GENERATOR, scalar(256));
            BigInteger scalar = i == 4 ? BigInteger.ZERO : scalar(1 + 40 * i);
            points.add(point);
            scalars.add(scalar);
            expected = G1.add(expected, G1.multiply(point, scalar));
        }
        assertThat(G1.sum(points, scalars)).isEqualTo(expected);
    }

    @Test
    void point_off_the_curve_is_in_no_group() {
        Point<Fp> g = G1.GENERATOR;
        assertThat(G1.contains(Point.of(g.x(), g.y().add(Fp.ONE)))).isFalse();
        Point<Fp2> h = G2.GENERATOR;
        assertThat(G2.contains(Point.of(h.x().add(Fp2.ONE), h.y()))).isFalse();
        // on the curve with the same formulas for addition, but another constant
        assertThat(G2.contains(
                        Point.of(h.x().multiply(Fp2.XI.square()), h.y().multiply(Fp2.XI.power(BigInteger.valueOf(3))))))
                .isFalse();
    }

    @Test
    void points_of_the_twist_outside_the_subgroup_are_refused() {
        BigInteger cofactor = P.shiftLeft(1).subtract(Fr.ORDER);
        for (int i = 0; i < 20; i++) {
            Point<Fp2> point = pointOfTwist();
            assertThat(G2.isOnTwist(point)).isTrue();
            assertThat(G2.contains(point)).isFalse();
            assertThat(G2.multiply(point, Fr.ORDER).infinite()).isFalse();
            Point<Fp2> inside = G2.multiply(point, cofactor);
            assertThat(inside.infinite()).isFalse();
            assertThat(G2.contains(inside)).isTrue();
            // of small order: the smallest factor of the cofactor
            Point<Fp2> small = G2.multiply(point, Fr.ORDER.multiply(cofactor.divide(BigInteger.valueOf(10_069))));
            assertThat(small.infinite() || !G2.contains(small)).isTrue();
            assertThat(G2.contains(G2.add(small, G2.GENERATOR))).isEqualTo(small.infinite());
        }
    }

    /**
     * Why the quick test suffices: the p-power map psi satisfies psi^2 - trace*psi + p = 0 on the twist. Modulo that polynomial the
     * relation is a + b*psi; its norm kills every point for which it holds. The norm shares no factor but r with the order of the twist.
     */
    @Test
    void quick_subgroup_test_holds_for_no_other_point() {
        BigInteger trace = P.add(BigInteger.ONE).subtract(Fr.ORDER);
        BigInteger order = Fr.ORDER.multiply(P.shiftLeft(1).subtract(Fr.ORDER));
        // psi^2 = trace*psi - p; psi^3 = (trace^2 - p)*psi - trace*p
        BigInteger constant = T.add(BigInteger.ONE)
                .subtract(T.multiply(P))
                .add(T.shiftLeft(1).multiply(trace).multiply(P));
        BigInteger linear = T.add(T.multiply(trace))
                .subtract(T.shiftLeft(1).multiply(trace.multiply(trace).subtract(P)));
        BigInteger norm = constant.multiply(constant)
                .add(constant.multiply(linear).multiply(trace))
                .add(linear.multiply(linear).multiply(P));
        assertThat(norm.gcd(order)).isEqualTo(Fr.ORDER);
        Point<Fp2> point = pointOfTwist();
        assertThat(G2.multiply(point, order).infinite()).isTrue();
        Jacobian<Fp2> left = Jacobian.of(Frobenius.once(Frobenius.once(point))).add(G2.multiply(point, P));
        assertThat(left.sameAs(Jacobian.of(G2.multiply(Frobenius.once(point), trace))))
                .isTrue();
    }

    private static BigInteger polynomial(long... coefficients) {
        BigInteger value = BigInteger.ZERO;
        for (long coefficient : coefficients) {
            value = value.multiply(T).add(BigInteger.valueOf(coefficient));
        }
        return value;
    }

    private Point<Fp2> pointOfTwist() {
        while (true) {
            Fp2 x = Fp2.of(scalar(256), scalar(256));
            Optional<Fp2> y = root(x.square().multiply(x).add(G2.B));
            if (y.isPresent()) {
                return Point.of(x, y.get());
            }
        }
    }

    /** Square root for p = 3 mod 4 (G. Adj, F. Rodríguez-Henríquez, 2012/685). */
    private static Optional<Fp2> root(Fp2 square) {
        Fp2 quarter = square.power(P.subtract(BigInteger.valueOf(3)).shiftRight(2));
        Fp2 alpha = quarter.square().multiply(square);
        Fp2 candidate = quarter.multiply(square);
        Fp2 root = alpha.equals(Fp2.ONE.negate())
                ? candidate.multiply(new Fp2(Fp.ZERO, Fp.ONE))
                : alpha.add(Fp2.ONE)
                        .power(P.subtract(BigInteger.ONE).shiftRight(1))
                        .multiply(candidate);
        return root.square().equals(square) ? Optional.of(root) : Optional.empty();
    }

    private BigInteger scalar(int bits) {
        return new BigInteger(bits, random);
    }
}
