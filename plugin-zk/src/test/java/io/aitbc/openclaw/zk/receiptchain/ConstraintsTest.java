package io.aitbc.openclaw.zk.receiptchain;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.zk.babyjubjub.EddsaSignature;
import io.aitbc.openclaw.zk.babyjubjub.EdwardsPoint;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bn254.Poseidon;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether the constraints themselves leave room for anything but the one solution; what computes signals is not asked. */
class ConstraintsTest {
    private static ConstraintSystem system;

    /** What is added to a challenge before it is written as bits. */
    private static final BigInteger OFFSET =
            EdwardsPoint.ORDER.multiply(BigInteger.valueOf(11)).subtract(BigInteger.TWO.pow(254));

    private TestingReceipts receipts;
    private Receipt receipt;
    private EddsaSignature signature;
    private Fr[] signals;
    private int seed = 7;

    @BeforeAll
    static void read() throws Exception {
        system = ConstraintSystem.read();
    }

    @BeforeEach
    void solve() throws Exception {
        receipts = new TestingReceipts(seed++);
        receipt = receipts.receiptAmongOthers(TestingReceipts.PRICE);
        signature = receipts.key.sign(receipt.hash());
        signals = TestingReceipts.signals(receipts.inputs(receipt, signature, TestingReceipts.PRICE));
    }

    @Test
    void the_program_satisfies_the_constraints() {
        assertThat(signals).hasSize(system.signals());
        assertThat(system.holds(signals)).isTrue();
        assertThat(system.publicInputs()).isEqualTo(8);
        assertThat(system.constraints.size() + system.publicInputs() + 1)
                .as("rows, of which the keys have 2^13")
                .isLessThanOrEqualTo(1 << 13);
    }

    @Test
    void no_signal_can_be_changed_alone() {
        List<Integer> free = new ArrayList<>();
        for (int signal = 1; signal < signals.length; signal++) {
            Fr genuine = signals[signal];
            for (Fr other : List.of(receipts.number(), genuine.add(Fr.ONE), genuine.negate(), Fr.ZERO)) {
                signals[signal] = other;
                boolean holds = system.bySignal.get(signal).stream().allMatch(constraint -> constraint.holds(signals));
                if (holds && !other.equals(genuine)) {
                    free.add(signal);
                }
            }
            signals[signal] = genuine;
        }
        assertThat(free).isEmpty();
    }

    /** Bits are hints that no constraint determines alone; all that is made of them, and of the inputs, has one value. */
    @Test
    void inputs_and_bits_determine_all_other_signals() {
        long bits = IntStream.range(0, signals.length).filter(system::isBit).count();
        assertThat(bits).as("of price, rest, scalar and s").isEqualTo(64 + 64 + 254 + 251);
        assertThat(new Determination(system, inputsAndBits()).run()).containsExactly(signals);
    }

    /**
     * h plus the field's order is the same number in the field. Signed with it, everything fits but for the bound: without that, each message would have two
     * challenges.
     */
    @Test
    void second_form_of_the_challenge_is_refused() {
        BigInteger scalar = BigInteger.valueOf(123_456_789);
        EdwardsPoint key = EdwardsPoint.BASE.times(scalar);
        Fr message = signals[signal(receipt.hash())];
        BigInteger once = BigInteger.ONE;
        BigInteger alias;
        EdwardsPoint r;
        do {
            once = once.add(BigInteger.ONE);
            r = EdwardsPoint.BASE.times(once);
            List<Fr> hashed = List.of(r.x(), r.y(), key.x(), key.y(), message);
            alias = new Poseidon(5).hash(hashed).value().add(Fr.ORDER);
        } while (alias.add(OFFSET).bitLength() > 254);
        BigInteger s = alias.multiply(scalar).shiftLeft(3).add(once).mod(EdwardsPoint.ORDER);

        Fr[] forged = inputsAndBits();
        int inR = signal(signature.r().x());
        int inS = signal(Fr.valueOf(signature.s()));
        forged[1] = key.x();
        forged[2] = key.y();
        forged[inR] = r.x();
        forged[inR + 1] = r.y();
        forged[inS] = Fr.valueOf(s);
        write(forged, bitsOf(inS), s);
        write(forged, challengeBits(), alias.add(OFFSET));
        assertThat(broken(forged)).isNotEmpty().allMatch(ConstraintsTest::isAboutBits, "only the bound");

        write(forged, challengeBits(), alias.subtract(Fr.ORDER).add(OFFSET));
        assertThat(broken(forged)).isNotEmpty().noneMatch(ConstraintsTest::isAboutBits);
    }

    /** s + l makes the same point, so that nothing but its bound refuses it. */
    @Test
    void second_form_of_a_signature_is_refused() throws Exception {
        while (signature.s().add(EdwardsPoint.ORDER).bitLength() > 251) {
            solve();
        }
        int inS = signal(Fr.valueOf(signature.s()));
        Fr[] forged = inputsAndBits();
        assertThat(broken(forged)).isEmpty();
        BigInteger alias = signature.s().add(EdwardsPoint.ORDER);
        forged[inS] = Fr.valueOf(alias);
        write(forged, bitsOf(inS), alias);
        assertThat(broken(forged)).isNotEmpty().allMatch(ConstraintsTest::isAboutBits, "only the bound");
    }

    @Test
    void price_above_the_cap_has_no_bits() {
        int cap = 4;
        assertThat(signals[cap]).isEqualTo(Fr.valueOf(TestingReceipts.PRICE));
        for (long below : new long[] {1, 2, 108}) {
            Fr[] changed = inputsAndBits();
            changed[cap] = signals[cap].subtract(Fr.valueOf(below));
            assertThat(broken(changed)).isNotEmpty();
        }
    }

    private Fr[] inputsAndBits() {
        Fr[] known = new Fr[signals.length];
        for (int signal = 0; signal < known.length; signal++) {
            if (signal <= system.inputs() || system.isBit(signal)) {
                known[signal] = signals[signal];
            }
        }
        return known;
    }

    /** Constraints that fail when all that is not known is worked out. */
    private static List<ConstraintSystem.Constraint> broken(Fr[] known) {
        Fr[] solved = new Determination(system, known).run();
        assertThat(solved).doesNotContainNull();
        return system.constraints.stream()
                .filter(constraint -> !constraint.holds(solved))
                .toList();
    }

    /** One factor is a sum of bits, and the product has to be zero: so are bounds. */
    private static boolean isAboutBits(ConstraintSystem.Constraint constraint) {
        return constraint.c().isEmpty() && (isOfBits(constraint.a()) || isOfBits(constraint.b()));
    }

    private static boolean isOfBits(List<ConstraintSystem.Term> sum) {
        return sum.stream().allMatch(term -> term.signal() == 0 || system.isBit(term.signal()));
    }

    private static void write(Fr[] known, int[] bits, BigInteger value) {
        for (int i = 0; i < bits.length; i++) {
            known[bits[i]] = value.testBit(i) ? Fr.ONE : Fr.ZERO;
        }
    }

    private int signal(Fr value) {
        return Arrays.asList(signals).indexOf(value);
    }

    private int[] challengeBits() {
        return system.constraints.stream()
                .map(ConstraintsTest::bitsIn)
                .filter(bits -> bits.length == 254)
                .findFirst()
                .orElseThrow();
    }

    /** Bits that a signal is the sum of, the least significant first. */
    private static int[] bitsOf(int signal) {
        return system.bySignal.get(signal).stream()
                .map(ConstraintsTest::bitsIn)
                .filter(bits -> bits.length > 0)
                .findFirst()
                .orElseThrow();
    }

    /** Bits in a linear constraint, ordered by their factors, which are powers of two up to a sign. */
    private static int[] bitsIn(ConstraintSystem.Constraint constraint) {
        if (!constraint.a().isEmpty() && !constraint.b().isEmpty()) {
            return new int[0];
        }
        return constraint.c().stream()
                .filter(term -> system.isBit(term.signal()))
                .sorted(Comparator.comparing(ConstraintsTest::size))
                .mapToInt(ConstraintSystem.Term::signal)
                .toArray();
    }

    private static BigInteger size(ConstraintSystem.Term term) {
        return term.coefficient().value().min(term.coefficient().negate().value());
    }
}
