package io.aitbc.openclaw.zk.receiptchain;

import io.aitbc.openclaw.zk.bn254.Fr;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The constraints of the circuit as circom wrote them: for each one a * b = c, with sums a, b and c of signals. Signal 0 is 1. */
public final class ConstraintSystem {
    record Term(int signal, Fr coefficient) {}

    record Constraint(List<Term> a, List<Term> b, List<Term> c) {
        boolean holds(Fr[] signals) {
            return sum(a, signals).multiply(sum(b, signals)).equals(sum(c, signals));
        }

        List<List<Term>> sides() {
            return List.of(a, b, c);
        }
    }

    private static final int HEADER = 1;
    private static final int CONSTRAINTS = 2;

    final List<Constraint> constraints = new ArrayList<>();
    final List<List<Constraint>> bySignal = new ArrayList<>();
    private final BitSet bits = new BitSet();
    private final byte[] file;
    private int publicInputs;
    private int privateInputs;

    private ConstraintSystem(byte[] file) {
        this.file = file;
    }

    /** The file. */
    public static byte[] bytes() throws IOException {
        try (InputStream in = ConstraintSystem.class.getResourceAsStream("receipt_chain.r1cs.gz");
                GZIPInputStream unpacked = new GZIPInputStream(in)) {
            return unpacked.readAllBytes();
        }
    }

    static ConstraintSystem read() throws IOException {
        ConstraintSystem system = new ConstraintSystem(bytes());
        ByteBuffer header = system.section(HEADER);
        int fieldBytes = header.getInt();
        header.position(header.position() + fieldBytes);
        int signals = header.getInt();
        header.getInt(); // public outputs
        system.publicInputs = header.getInt();
        system.privateInputs = header.getInt();
        header.getLong(); // labels
        int count = header.getInt();
        for (int i = 0; i < signals; i++) {
            system.bySignal.add(new ArrayList<>());
        }
        ByteBuffer in = system.section(CONSTRAINTS);
        for (int i = 0; i < count; i++) {
            system.add(new Constraint(sum(in), sum(in), sum(in)));
        }
        system.findBits();
        return system;
    }

    private void add(Constraint constraint) {
        constraints.add(constraint);
        constraint.sides().stream()
                .flatMap(List::stream)
                .mapToInt(Term::signal)
                .distinct()
                .forEach(signal -> bySignal.get(signal).add(constraint));
    }

    private ByteBuffer section(int number) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(12);
        while (true) {
            int id = in.getInt();
            int length = Math.toIntExact(in.getLong());
            if (id == number) {
                return in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            }
            in.position(in.position() + length);
        }
    }

    private static List<Term> sum(ByteBuffer in) {
        int count = in.getInt();
        List<Term> terms = new ArrayList<>(count);
        byte[] bytes = new byte[Fr.BYTES];
        for (int i = 0; i < count; i++) {
            int signal = in.getInt();
            for (int at = bytes.length - 1; at >= 0; at--) {
                bytes[at] = in.get();
            }
            terms.add(new Term(signal, Fr.valueOf(new BigInteger(1, bytes))));
        }
        return terms;
    }

    static Fr sum(List<Term> terms, Fr[] signals) {
        Fr sum = Fr.ZERO;
        for (Term term : terms) {
            sum = sum.add(term.coefficient().multiply(signals[term.signal()]));
        }
        return sum;
    }

    int signals() {
        return bySignal.size();
    }

    /** The number of inputs; they are the signals from 1 on. */
    int inputs() {
        return publicInputs + privateInputs;
    }

    int publicInputs() {
        return publicInputs;
    }

    boolean holds(Fr[] signals) {
        return constraints.stream().allMatch(constraint -> constraint.holds(signals));
    }

    /** Whether a signal can have no other value than 0 and 1: there is a constraint b * (b - 1) = 0. */
    boolean isBit(int signal) {
        return bits.get(signal);
    }

    private void findBits() {
        for (int signal = 1; signal < signals(); signal++) {
            int candidate = signal;
            bits.set(
                    signal,
                    bySignal.get(signal).stream().anyMatch(constraint -> allowsBitsOnly(constraint, candidate)));
        }
    }

    private static boolean allowsBitsOnly(Constraint constraint, int signal) {
        boolean alone = constraint.c().isEmpty()
                && constraint.sides().stream()
                        .flatMap(List::stream)
                        .allMatch(term -> term.signal() == signal || term.signal() == 0);
        return alone
                && product(constraint, Fr.ZERO).isZero()
                && product(constraint, Fr.ONE).isZero()
                && !product(constraint, Fr.valueOf(2)).isZero();
    }

    private static Fr product(Constraint constraint, Fr value) {
        return sum(constraint.a(), value).multiply(sum(constraint.b(), value));
    }

    private static Fr sum(List<Term> terms, Fr value) {
        return terms.stream()
                .map(term -> term.signal() == 0
                        ? term.coefficient()
                        : term.coefficient().multiply(value))
                .reduce(Fr.ZERO, Fr::add);
    }
}
