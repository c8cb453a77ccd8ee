package io.aitbc.openclaw.zk.prover;

import io.aitbc.openclaw.zk.bn254.Fr;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Constraints left * right = output over signals, in plain numbers. Signal 0 is 1, then come the public ones.
 *
 * @param signals that satisfy them
 */
public record TestingCircuit(int publicSignals, List<Constraint> constraints, List<BigInteger> signals) {
    /** Each side is a sum of coefficient * signal. */
    public record Constraint(
            Map<Integer, BigInteger> left, Map<Integer, BigInteger> right, Map<Integer, BigInteger> output) {}

    /** Each constraint multiplies sums of the signals before it; the last results are public. */
    public static TestingCircuit random(int constraints, int publicSignals, Random random) {
        int inputs = 1 + random.nextInt(3);
        int size = 1 + inputs + constraints;
        List<BigInteger> values = new ArrayList<>(List.of(BigInteger.ONE));
        for (int i = 0; i < inputs; i++) {
            values.add(value(random));
        }
        List<Constraint> made = new ArrayList<>();
        for (int i = 0; i < constraints; i++) {
            Map<Integer, BigInteger> left = side(values.size(), random);
            Map<Integer, BigInteger> right = side(values.size(), random);
            made.add(new Constraint(left, right, Map.of(values.size(), BigInteger.ONE)));
            values.add(sum(left, values).multiply(sum(right, values)).mod(Fr.ORDER));
        }
        // Results that are public move behind the first signal.
        Map<Integer, Integer> places = new HashMap<>();
        places.put(0, 0);
        int next = 1;
        for (int i = size - publicSignals; i < size; i++) {
            places.put(i, next++);
        }
        for (int i = 1; i < size - publicSignals; i++) {
            places.put(i, next++);
        }
        BigInteger[] placed = new BigInteger[size];
        places.forEach((from, to) -> placed[to] = values.get(from));
        return new TestingCircuit(
                publicSignals,
                made.stream()
                        .map(it -> new Constraint(
                                moved(it.left(), places), moved(it.right(), places), moved(it.output(), places)))
                        .toList(),
                List.of(placed));
    }

    /** A chain of squarings with full-size values: the first is the input, the last is public. */
    public static TestingCircuit squarings(int constraints, BigInteger input) {
        List<BigInteger> signals = new ArrayList<>(List.of(BigInteger.ONE, BigInteger.ZERO, input));
        List<Constraint> made = new ArrayList<>();
        int from = 2;
        for (int i = 0; i < constraints; i++) {
            Map<Integer, BigInteger> side = Map.of(from, BigInteger.ONE, 0, BigInteger.valueOf(i));
            BigInteger result = sum(side, signals).pow(2).mod(Fr.ORDER);
            int to = i == constraints - 1 ? 1 : signals.size();
            if (to == 1) {
                signals.set(1, result);
            } else {
                signals.add(result);
            }
            made.add(new Constraint(side, side, Map.of(to, BigInteger.ONE)));
            from = to;
        }
        return new TestingCircuit(1, made, List.copyOf(signals));
    }

    /** Ones and zeros are as frequent as large numbers, as in real witnesses. */
    private static BigInteger value(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> BigInteger.ZERO;
            case 1 -> BigInteger.ONE;
            case 2 -> BigInteger.valueOf(random.nextInt(1000));
            default -> new BigInteger(300, random).mod(Fr.ORDER);
        };
    }

    private static Map<Integer, BigInteger> side(int signals, Random random) {
        Map<Integer, BigInteger> side = new HashMap<>();
        int terms = 1 + random.nextInt(3);
        for (int i = 0; i < terms; i++) {
            side.put(random.nextInt(signals), value(random));
        }
        return side;
    }

    private static Map<Integer, BigInteger> moved(Map<Integer, BigInteger> side, Map<Integer, Integer> places) {
        Map<Integer, BigInteger> moved = new HashMap<>();
        side.forEach((signal, coefficient) -> moved.put(places.get(signal), coefficient));
        return moved;
    }

    private static BigInteger sum(Map<Integer, BigInteger> side, List<BigInteger> signals) {
        BigInteger sum = BigInteger.ZERO;
        for (Map.Entry<Integer, BigInteger> term : side.entrySet()) {
            sum = sum.add(term.getValue().multiply(signals.get(term.getKey())));
        }
        return sum;
    }

    public Witness witness() {
        return witness(signals);
    }

    /** The same signals but for one, which breaks a constraint. */
    public Witness wrongWitness(Random random) {
        while (true) {
            List<BigInteger> others = new ArrayList<>(signals);
            int at = 1 + random.nextInt(signals.size() - 1);
            others.set(
                    at,
                    others.get(at)
                            .add(BigInteger.valueOf(1 + random.nextInt(5)))
                            .mod(Fr.ORDER));
            if (constraints.stream()
                    .anyMatch(it -> !sum(it.left(), others)
                            .multiply(sum(it.right(), others))
                            .mod(Fr.ORDER)
                            .equals(sum(it.output(), others).mod(Fr.ORDER)))) {
                return witness(others);
            }
        }
    }

    private static Witness witness(List<BigInteger> signals) {
        long[] limbs = new long[4 * signals.size()];
        for (int i = 0; i < limbs.length; i++) {
            limbs[i] = signals.get(i / 4).shiftRight(64 * (i % 4)).longValue();
        }
        try {
            return Witness.of(limbs);
        } catch (MalformedFileException e) {
            throw new AssertionError(e);
        }
    }
}
