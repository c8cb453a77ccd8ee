package io.aitbc.openclaw.zk.prover;

import io.aitbc.openclaw.zk.bn254.Fp;
import io.aitbc.openclaw.zk.bn254.Fp2;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bn254.G1;
import io.aitbc.openclaw.zk.bn254.G2;
import io.aitbc.openclaw.zk.bn254.NumberTheoreticTransform;
import io.aitbc.openclaw.zk.bn254.Point;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A setup by one party, which knows all its secrets, and the files snarkjs would write for it. */
public final class TestingKeys {
    private static final BigInteger MONTGOMERY = BigInteger.ONE.shiftLeft(256);

    private final TestingCircuit circuit;
    private final int power;
    private final Fr tau;
    private final Fr alpha;
    private final Fr beta;
    private final Fr gamma;
    private final Fr delta;
    private final Fr[] left;
    private final Fr[] right;
    private final Fr[] output;

    public TestingKeys(TestingCircuit circuit, long seed) {
        this.circuit = circuit;
        Random random = new Random(seed);
        tau = scalar(random);
        alpha = scalar(random);
        beta = scalar(random);
        gamma = scalar(random);
        delta = scalar(random);
        int rows = circuit.constraints().size() + circuit.publicSignals() + 1;
        power = Integer.SIZE - Integer.numberOfLeadingZeros(rows - 1);
        Fr[] lagrange = lagrange();
        int signals = circuit.signals().size();
        left = zeros(signals);
        right = zeros(signals);
        output = zeros(signals);
        for (int row = 0; row < circuit.constraints().size(); row++) {
            TestingCircuit.Constraint constraint = circuit.constraints().get(row);
            add(left, constraint.left(), lagrange[row]);
            add(right, constraint.right(), lagrange[row]);
            add(output, constraint.output(), lagrange[row]);
        }
        for (int i = 0; i <= circuit.publicSignals(); i++) {
            left[i] = left[i].add(lagrange[circuit.constraints().size() + i]);
        }
    }

    private static Fr scalar(Random random) {
        return Fr.valueOf(new BigInteger(300, random));
    }

    private static Fr[] zeros(int size) {
        return IntStream.range(0, size).mapToObj(i -> Fr.ZERO).toArray(Fr[]::new);
    }

    private static void add(Fr[] sums, Map<Integer, BigInteger> side, Fr weight) {
        side.forEach(
                (signal, coefficient) -> sums[signal] = sums[signal].add(weight.multiply(Fr.valueOf(coefficient))));
    }

    private int rows() {
        return 1 << power;
    }

    /** The polynomials that are 1 at one root of unity and 0 at the others, at tau. */
    private Fr[] lagrange() {
        Fr root = NumberTheoreticTransform.root(power);
        Fr vanishing = tau.power(BigInteger.valueOf(rows())).subtract(Fr.ONE);
        Fr scale = vanishing.multiply(Fr.valueOf(rows()).inverse());
        Fr[] values = new Fr[rows()];
        Fr at = Fr.ONE;
        for (int i = 0; i < values.length; i++) {
            values[i] = scale.multiply(at).multiply(tau.subtract(at).inverse());
            at = at.multiply(root);
        }
        return values;
    }

    /** What the quotient's values between the roots are multiplied with: the odd ones of the polynomials for twice as many roots, over delta. */
    private Fr[] quotientBase() {
        Fr root = NumberTheoreticTransform.root(power + 1);
        Fr scale = tau.power(BigInteger.valueOf(2L * rows()))
                .subtract(Fr.ONE)
                .multiply(Fr.valueOf(2L * rows()).multiply(delta).inverse());
        Fr[] values = new Fr[rows()];
        Fr at = root;
        for (int i = 0; i < values.length; i++) {
            values[i] = scale.multiply(at).multiply(tau.subtract(at).inverse());
            at = at.multiply(root).multiply(root);
        }
        return values;
    }

    private Fr combined(int signal, Fr divisor) {
        return beta.multiply(left[signal])
                .add(alpha.multiply(right[signal]))
                .add(output[signal])
                .multiply(divisor.inverse());
    }

    /** {@code .zkey} */
    public byte[] provingKey() {
        int signals = circuit.signals().size();
        int first = circuit.publicSignals() + 1;
        Map<Integer, byte[]> sections = new TreeMap<>();
        sections.put(1, new Bytes().number(1).all());
        Bytes header = new Bytes().number(32).integer(Fp.PRIME).number(32).integer(Fr.ORDER);
        header.number(signals).number(circuit.publicSignals()).number(rows());
        header.g1(alpha).g1(beta).g2(beta).g2(gamma).g1(delta).g2(delta);
        sections.put(2, header.all());
        Bytes[] parts = IntStream.range(0, 10).mapToObj(i -> new Bytes()).toArray(Bytes[]::new);
        for (int i = 0; i < signals; i++) {
            if (i < first) {
                parts[3].g1(combined(i, gamma));
            } else {
                parts[8].g1(combined(i, delta));
            }
            parts[5].g1(left[i]);
            parts[6].g1(right[i]);
            parts[7].g2(right[i]);
        }
        for (Fr base : quotientBase()) {
            parts[9].g1(base);
        }
        for (int i : new int[] {3, 5, 6, 7, 8, 9}) {
            sections.put(i, parts[i].all());
        }
        sections.put(4, coefficients());
        sections.put(10, new byte[68]);
        Bytes file = new Bytes().text("zkey").number(1).number(sections.size());
        sections.forEach(
                (id, section) -> file.number(id).longNumber(section.length).raw(section));
        return file.all();
    }

    private byte[] coefficients() {
        Bytes out = new Bytes();
        int count = 0;
        for (int row = 0; row < circuit.constraints().size(); row++) {
            TestingCircuit.Constraint constraint = circuit.constraints().get(row);
            for (int side = 0; side < 2; side++) {
                Map<Integer, BigInteger> terms = side == 0 ? constraint.left() : constraint.right();
                for (Map.Entry<Integer, BigInteger> term : new TreeMap<>(terms).entrySet()) {
                    out.coefficient(side, row, term.getKey(), term.getValue());
                    count++;
                }
            }
        }
        for (int i = 0; i <= circuit.publicSignals(); i++) {
            out.coefficient(0, circuit.constraints().size() + i, i, BigInteger.ONE);
            count++;
        }
        return new Bytes().number(count).raw(out.all()).all();
    }

    /** {@code verification_key.json} */
    public String verificationKey() {
        String inputs = IntStream.rangeClosed(0, circuit.publicSignals())
                .mapToObj(i -> json(onG1(combined(i, gamma))))
                .collect(Collectors.joining(","));
        return ("{\"protocol\":\"groth16\",\"curve\":\"bn128\",\"nPublic\":%d,\"vk_alpha_1\":%s,\"vk_beta_2\":%s,"
                        + "\"vk_gamma_2\":%s,\"vk_delta_2\":%s,\"IC\":[%s]}")
                .formatted(
                        circuit.publicSignals(),
                        json(onG1(alpha)),
                        json2(onG2(beta)),
                        json2(onG2(gamma)),
                        json2(onG2(delta)),
                        inputs);
    }

    private static Point<Fp> onG1(Fr scalar) {
        return G1.multiply(G1.GENERATOR, scalar.value());
    }

    private static Point<Fp2> onG2(Fr scalar) {
        return G2.multiply(G2.GENERATOR, scalar.value());
    }

    private static String json(Point<Fp> point) {
        return point.infinite() ? "[\"0\",\"1\",\"0\"]" : "[\"%s\",\"%s\",\"1\"]".formatted(point.x(), point.y());
    }

    private static String json2(Point<Fp2> point) {
        return "[[\"%s\",\"%s\"],[\"%s\",\"%s\"],[\"1\",\"0\"]]"
                .formatted(
                        point.x().c0(),
                        point.x().c1(),
                        point.y().c0(),
                        point.y().c1());
    }

    /** Little-endian. */
    private static final class Bytes {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        byte[] all() {
            return out.toByteArray();
        }

        Bytes raw(byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }

        Bytes text(String ascii) {
            return raw(ascii.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }

        Bytes number(int number) {
            return raw(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(number)
                    .array());
        }

        Bytes longNumber(long number) {
            return raw(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(number)
                    .array());
        }

        Bytes integer(BigInteger number) {
            ByteBuffer bytes = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < 4; i++) {
                bytes.putLong(number.shiftRight(64 * i).longValue());
            }
            return raw(bytes.array());
        }

        Bytes coefficient(int side, int row, int signal, BigInteger value) {
            BigInteger twice = value.multiply(MONTGOMERY).multiply(MONTGOMERY).mod(Fr.ORDER);
            return number(side).number(row).number(signal).integer(twice);
        }

        private Bytes coordinate(Fp number) {
            return integer(number.value().multiply(MONTGOMERY).mod(Fp.PRIME));
        }

        Bytes g1(Fr scalar) {
            Point<Fp> point = onG1(scalar);
            return coordinate(point.x()).coordinate(point.y());
        }

        Bytes g2(Fr scalar) {
            Point<Fp2> point = onG2(scalar);
            return coordinate(point.x().c0())
                    .coordinate(point.x().c1())
                    .coordinate(point.y().c0())
                    .coordinate(point.y().c1());
        }
    }

    static List<Fr> publicSignals(TestingCircuit circuit) {
        List<Fr> signals = new ArrayList<>();
        for (int i = 1; i <= circuit.publicSignals(); i++) {
            signals.add(Fr.valueOf(circuit.signals().get(i)));
        }
        return signals;
    }
}
