package io.aitbc.openclaw.zk.bn254;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compared with points that are known multiples of the generator: the sum is the generator times a number that BigInteger computes. */
class MultiScalarMultiplicationTest {
    private final Random random = new Random(12);

    private static PointArray<Fp> g1(List<Point<Fp>> points) throws InterruptedException {
        long[] limbs = new long[8 * points.size()];
        for (int i = 0; i < points.size(); i++) {
            points.get(i).x().toMontgomery(limbs, 8 * i);
            points.get(i).y().toMontgomery(limbs, 8 * i + 4);
        }
        return PointArray.g1(limbs);
    }

    private static PointArray<Fp2> g2(List<Point<Fp2>> points) throws InterruptedException {
        long[] limbs = new long[16 * points.size()];
        for (int i = 0; i < points.size(); i++) {
            points.get(i).x().c0().toMontgomery(limbs, 16 * i);
            points.get(i).x().c1().toMontgomery(limbs, 16 * i + 4);
            points.get(i).y().c0().toMontgomery(limbs, 16 * i + 8);
            points.get(i).y().c1().toMontgomery(limbs, 16 * i + 12);
        }
        return PointArray.g2(limbs);
    }

    private static Scalars plain(List<BigInteger> numbers) {
        long[] limbs = new long[4 * numbers.size()];
        for (int i = 0; i < limbs.length; i++) {
            limbs[i] = Modulus.limb(numbers.get(i / 4), i % 4);
        }
        return Scalars.of(limbs);
    }

    private List<BigInteger> numbers(int size, IntFunction<BigInteger> number) {
        List<BigInteger> numbers = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            numbers.add(number.apply(i));
        }
        return numbers;
    }

    /** Small, large, equal, opposite and infinite ones. */
    private BigInteger logarithm() {
        return switch (random.nextInt(6)) {
            case 0 -> BigInteger.ZERO;
            case 1 -> BigInteger.valueOf(1 + random.nextInt(3));
            case 2 -> Fr.ORDER.subtract(BigInteger.valueOf(1 + random.nextInt(3)));
            default -> new BigInteger(300, random).mod(Fr.ORDER);
        };
    }

    private BigInteger scalar() {
        return switch (random.nextInt(6)) {
            case 0 -> BigInteger.ZERO;
            case 1 -> BigInteger.ONE;
            case 2 -> Fr.ORDER.subtract(BigInteger.ONE);
            case 3 -> BigInteger.ONE.shiftLeft(random.nextInt(253));
            default -> new BigInteger(300, random).mod(Fr.ORDER);
        };
    }

    private static BigInteger product(List<BigInteger> some, List<BigInteger> others) {
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < some.size(); i++) {
            sum = sum.add(some.get(i).multiply(others.get(i)));
        }
        return sum.mod(Fr.ORDER);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 10, 64, 300})
    void sum_in_g1_is_that_of_the_slow_way(int size) throws Exception {
        for (int round = 0; round < (size < 64 ? 20 : 2); round++) {
            List<BigInteger> logarithms = numbers(size, i -> logarithm());
            List<BigInteger> scalars = numbers(size, i -> scalar());
            PointArray<Fp> points = g1(
                    logarithms.stream().map(it -> G1.multiply(G1.GENERATOR, it)).toList());
            assertThat(MultiScalarMultiplication.sum(points, plain(scalars), Workers.caller()))
                    .as("%s times %s", scalars, logarithms)
                    .isEqualTo(G1.multiply(G1.GENERATOR, product(logarithms, scalars)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100})
    void sum_in_g2_is_that_of_the_slow_way(int size) throws Exception {
        List<BigInteger> logarithms = numbers(size, i -> logarithm());
        List<BigInteger> scalars = numbers(size, i -> scalar());
        PointArray<Fp2> points =
                g2(logarithms.stream().map(it -> G2.multiply(G2.GENERATOR, it)).toList());
        assertThat(MultiScalarMultiplication.sum(points, plain(scalars), Workers.caller()))
                .as("%s times %s", scalars, logarithms)
                .isEqualTo(G2.multiply(G2.GENERATOR, product(logarithms, scalars)));
    }

    /** More than share one inversion, all in the same bucket, and with runs of the same point. */
    @Test
    void many_equal_digits_are_added_up() throws Exception {
        List<BigInteger> logarithms = numbers(5000, i -> BigInteger.valueOf(1 + i % 7));
        List<BigInteger> scalars = numbers(5000, i -> BigInteger.ONE);
        List<Point<Fp>> seven = numbers(7, i -> BigInteger.valueOf(1L + i)).stream()
                .map(it -> G1.multiply(G1.GENERATOR, it))
                .toList();
        List<Point<Fp>> points = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            points.add(seven.get(i % 7));
        }
        assertThat(MultiScalarMultiplication.sum(g1(points), plain(scalars), Workers.caller()))
                .isEqualTo(G1.multiply(G1.GENERATOR, product(logarithms, scalars)));
    }

    @Test
    void sum_is_the_same_with_several_threads() throws Exception {
        List<BigInteger> scalars = numbers(200, i -> scalar());
        PointArray<Fp> points = g1(numbers(200, i -> logarithm()).stream()
                .map(it -> G1.multiply(G1.GENERATOR, it))
                .toList());
        try (ExecutorService executor = Executors.newFixedThreadPool(3)) {
            assertThat(MultiScalarMultiplication.sum(points, plain(scalars), Workers.of(executor)))
                    .isEqualTo(MultiScalarMultiplication.sum(points, plain(scalars), Workers.caller()));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void interruption_stops_it(boolean threads) throws Exception {
        List<Point<Fp>> points = java.util.Collections.nCopies(100_000, G1.GENERATOR);
        PointArray<Fp> many = g1(points);
        Scalars scalars = plain(numbers(100_000, i -> new BigInteger(300, random).mod(Fr.ORDER)));
        try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
            Workers workers = threads ? Workers.of(executor) : Workers.caller();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> MultiScalarMultiplication.sum(many, scalars, workers))
                    .isInstanceOf(InterruptedException.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void other_numbers_of_scalars_than_points_are_refused() throws Exception {
        PointArray<Fp> points = g1(List.of(G1.GENERATOR));
        assertThatThrownBy(() -> MultiScalarMultiplication.sum(points, Scalars.zeros(2), Workers.caller()))
                .hasMessage("1 points, but 2 scalars");
    }

    @Test
    void points_off_the_curve_and_coordinates_that_are_too_large_are_refused() {
        assertThatThrownBy(() -> PointArray.g1(new long[] {1, 0, 0, 0, 2, 0, 0, 0}))
                .hasMessage("point 0 is not a point of the curve");
        assertThatThrownBy(() -> PointArray.g1(new long[] {0, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1, 0, 0, 0, 0}))
                .hasMessage("point 1 has a coordinate that is not below the prime of its field");
        assertThatThrownBy(() -> PointArray.g2(new long[16 + 8])).hasMessage("24 limbs are no whole number of points");
        assertThatThrownBy(() -> Scalars.of(new long[] {0, 0, 0, 0, 0, 0, 0, -1}))
                .hasMessage("number 1 is not below the order of the groups");
    }
}
