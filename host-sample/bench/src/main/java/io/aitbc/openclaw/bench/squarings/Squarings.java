package io.aitbc.openclaw.bench.squarings;

import io.aitbc.openclaw.bench.squarings.Multiples.Affine;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * A chain of squarings of full-size numbers, the worst that so many constraints can be: signal 1, the public one, is the last square, signal 2 is what
 * was squared first. With keys for Groth16 by one party, which are good for measuring and nothing else.
 */
public final class Squarings {
    private static final PrimeField FIELD = PrimeField.SIGNALS;
    private static final int PUBLIC = 1;
    private static final int FIRST_SECRET = PUBLIC + 1;
    private static final int POINT = 64;
    private static final int TWIST_POINT = 128;

    private static final Affine<BigInteger> GENERATOR = new Affine<>(BigInteger.ONE, BigInteger.TWO);
    private static final Affine<TwistField.Complex> TWIST_GENERATOR = new Affine<>(
            new TwistField.Complex(
                    new BigInteger("10857046999023057135944570762232829481370756359578518086990519993285655852781"),
                    new BigInteger("11559732032986387107991004021392285783925812861821192530917403151452391805634")),
            new TwistField.Complex(
                    new BigInteger("8495653923123431417604973247489272438418190587263600148770280649306958101930"),
                    new BigInteger("4082367875863433681332203403145435568316851327593401208105741076214120093531")));

    private final int constraints;
    private final int power;
    private final BigInteger tau;
    private final BigInteger alpha;
    private final BigInteger beta;
    private final BigInteger gamma;
    private final BigInteger delta;
    private final List<BigInteger> lagrange;
    private final BigInteger input;
    private final Multiples<BigInteger> multiples = new Multiples<>(PrimeField.COORDINATES, GENERATOR);
    private final Multiples<TwistField.Complex> twistMultiples = new Multiples<>(new TwistField(), TWIST_GENERATOR);

    /** @param random the secrets of the setup and the number that is squared */
    public Squarings(int constraints, RandomGenerator random) {
        this.constraints = constraints;
        power = Integer.SIZE - Integer.numberOfLeadingZeros(constraints + PUBLIC);
        tau = number(random);
        alpha = number(random);
        beta = number(random);
        gamma = number(random);
        delta = number(random);
        input = number(random);
        lagrange = atTau(power, BigInteger.ONE, FIELD.root(power), BigInteger.ONE);
    }

    private static BigInteger number(RandomGenerator random) {
        byte[] bytes = new byte[40];
        random.nextBytes(bytes);
        return new BigInteger(1, bytes).mod(FIELD.prime());
    }

    private int rows() {
        return 1 << power;
    }

    private int signals() {
        return constraints + FIRST_SECRET;
    }

    /**
     * The polynomials that are 1 at one root of unity of order 2^order and 0 at the others, at tau: of as many roots as there are rows.
     *
     * @param first root, and what leads from one to the next
     */
    private List<BigInteger> atTau(int order, BigInteger first, BigInteger step, BigInteger divisor) {
        BigInteger vanishing = FIELD.subtract(FIELD.power(tau, 1L << order), BigInteger.ONE);
        BigInteger scale =
                FIELD.multiply(vanishing, FIELD.invert(FIELD.multiply(BigInteger.valueOf(1L << order), divisor)));
        List<BigInteger> roots = new ArrayList<>();
        List<BigInteger> distances = new ArrayList<>();
        BigInteger root = first;
        for (int i = 0; i < rows(); i++) {
            roots.add(root);
            distances.add(FIELD.subtract(tau, root));
            root = FIELD.multiply(root, step);
        }
        List<BigInteger> inverses = FIELD.invertAll(distances);
        List<BigInteger> values = new ArrayList<>();
        for (int i = 0; i < rows(); i++) {
            values.add(FIELD.multiply(FIELD.multiply(scale, roots.get(i)), inverses.get(i)));
        }
        return values;
    }

    /** What the quotient's values between the roots are multiplied with. */
    private List<BigInteger> quotient() {
        BigInteger root = FIELD.root(power + 1);
        return atTau(power + 1, root, FIELD.multiply(root, root), delta);
    }

    /** The signal that constraint i squares; constraint i - 1 has made it. */
    private static int squared(int constraint) {
        return FIRST_SECRET + constraint;
    }

    /** The polynomials of all secret signals, which stand on both sides. */
    private List<BigInteger> secrets() {
        return lagrange.subList(0, constraints);
    }

    private BigInteger combined(BigInteger left, BigInteger right, BigInteger output, BigInteger divisor) {
        BigInteger sum = FIELD.add(FIELD.add(FIELD.multiply(beta, left), FIELD.multiply(alpha, right)), output);
        return FIELD.multiply(sum, FIELD.invert(divisor));
    }

    private List<Affine<BigInteger>> inputs() {
        BigInteger one = combined(lagrange.get(constraints), BigInteger.ZERO, BigInteger.ZERO, gamma);
        BigInteger result =
                combined(lagrange.get(constraints + PUBLIC), BigInteger.ZERO, lagrange.get(constraints - 1), gamma);
        return multiples.of(List.of(one, result));
    }

    /** {@code .zkey} */
    public byte[] provingKey() {
        List<BigInteger> combined = new ArrayList<>();
        for (int i = 0; i < constraints; i++) {
            BigInteger output = i == 0 ? BigInteger.ZERO : lagrange.get(i - 1);
            combined.add(combined(lagrange.get(i), lagrange.get(i), output, delta));
        }
        LittleEndian secrets = points(multiples.of(secrets()));
        LittleEndian ofPublic = points(multiples.of(lagrange.subList(constraints, constraints + FIRST_SECRET)));
        LittleEndian twists = new LittleEndian().zeros(FIRST_SECRET * TWIST_POINT);
        twistMultiples.of(secrets()).forEach(twists::twistPoint);
        return new LittleEndian()
                .header("zkey", 1, 10)
                .section(1, new LittleEndian().count(1))
                .section(2, header())
                .section(3, points(inputs()))
                .section(4, coefficients())
                .section(5, ofPublic.append(secrets))
                .section(6, new LittleEndian().zeros(FIRST_SECRET * POINT).append(secrets))
                .section(7, twists)
                .section(8, points(multiples.of(combined)))
                .section(9, points(multiples.of(quotient())))
                .section(10, new LittleEndian().zeros(68))
                .bytes();
    }

    private static LittleEndian points(List<Affine<BigInteger>> points) {
        LittleEndian out = new LittleEndian();
        points.forEach(out::point);
        return out;
    }

    private LittleEndian header() {
        List<Affine<BigInteger>> points = multiples.of(List.of(alpha, beta, delta));
        List<Affine<TwistField.Complex>> twists = twistMultiples.of(List.of(beta, gamma, delta));
        return new LittleEndian()
                .prime(PrimeField.COORDINATES.prime())
                .prime(FIELD.prime())
                .count(signals())
                .count(PUBLIC)
                .count(rows())
                .point(points.get(0))
                .point(points.get(1))
                .twistPoint(twists.get(0))
                .twistPoint(twists.get(1))
                .point(points.get(2))
                .twistPoint(twists.get(2));
    }

    private LittleEndian coefficients() {
        LittleEndian out = new LittleEndian().count(2 * constraints + FIRST_SECRET);
        for (int row = 0; row < constraints; row++) {
            for (int side = 0; side < 2; side++) {
                out.count(side).count(row).count(squared(row)).coefficient(BigInteger.ONE);
            }
        }
        for (int signal = 0; signal <= PUBLIC; signal++) {
            out.count(0).count(constraints + signal).count(signal).coefficient(BigInteger.ONE);
        }
        return out;
    }

    /** {@code verification_key.json} */
    public String verificationKey() {
        List<Affine<BigInteger>> inputs = inputs();
        List<Affine<TwistField.Complex>> twists = twistMultiples.of(List.of(beta, gamma, delta));
        return """
                {"protocol": "groth16", "curve": "bn128", "nPublic": %d, "vk_alpha_1": %s,
                 "vk_beta_2": %s, "vk_gamma_2": %s, "vk_delta_2": %s,
                 "IC": [%s]}
                """.formatted(
                        PUBLIC,
                        json(multiples.of(List.of(alpha)).getFirst()),
                        twistJson(twists.get(0)),
                        twistJson(twists.get(1)),
                        twistJson(twists.get(2)),
                        inputs.stream().map(Squarings::json).collect(Collectors.joining(", ")));
    }

    private static String json(Affine<BigInteger> point) {
        return "[\"%d\", \"%d\", \"1\"]".formatted(point.x(), point.y());
    }

    private static String twistJson(Affine<TwistField.Complex> point) {
        return "[[\"%d\", \"%d\"], [\"%d\", \"%d\"], [\"1\", \"0\"]]"
                .formatted(
                        point.x().real(),
                        point.x().imaginary(),
                        point.y().real(),
                        point.y().imaginary());
    }

    /** {@code .wtns} */
    public byte[] witness() {
        LittleEndian secrets = new LittleEndian();
        BigInteger number = input;
        for (int i = 0; i < constraints; i++) {
            secrets.plain(number);
            number = FIELD.multiply(number, number);
        }
        LittleEndian values =
                new LittleEndian().plain(BigInteger.ONE).plain(number).append(secrets);
        return new LittleEndian()
                .header("wtns", 2, 2)
                .section(1, new LittleEndian().prime(FIELD.prime()).count(signals()))
                .section(2, values)
                .bytes();
    }
}
