package io.aitbc.openclaw.zk.proving;

import static io.aitbc.openclaw.contract.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.GeneratedProof;
import io.aitbc.openclaw.api.proof.ProofInput;
import io.aitbc.openclaw.zk.Resources;
import io.aitbc.openclaw.zk.circuit.SignalProgram;
import io.aitbc.openclaw.zk.circuits.BundleFiles;
import io.aitbc.openclaw.zk.circuits.ProvingBundle;
import io.aitbc.openclaw.zk.circuits.ProvingCircuit;
import io.aitbc.openclaw.zk.circuits.TestingBundle;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.prover.WitnessFile;
import io.aitbc.openclaw.zk.snarkjs.KeyFile;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The witness program in a bundle of somebody's own circuit: see {@code src/test/circuits/sums.circom}. */
class CircomProgramTest {
    private static final BigInteger LARGE =
            new BigInteger("21888242871839275222246405745257275088548364400416034343698204186575808495600");

    private final byte[] wasm = Resources.bytes("proving/sums/circuit.wasm");

    private static ProvingCircuit circuit() throws MalformedDocumentException {
        String hash = KeyFile.sha256(Resources.bytes("proving/sums/circuit.json"));
        return ProvingCircuit.of(ProvingBundle.read(CircomProgramTest::open, hash));
    }

    private static InputStream open(String name) {
        return new ByteArrayInputStream(Resources.bytes("proving/sums/" + name));
    }

    private static Map<String, List<BigInteger>> numbers(BigInteger... numbers) {
        return Map.of("numbers", List.of(numbers));
    }

    private static GeneratedProof prove(Map<String, List<BigInteger>> inputs) throws Exception {
        return new ProofMaker(new OwnProver(new SecureRandom(), 1), TestingBundle::noAnswers)
                .make(circuit(), new ProofInput.Signals(inputs), (_, _) -> {});
    }

    @Test
    void inputs_become_the_witness_that_circoms_own_program_makes() throws Exception {
        byte[] ours = WitnessFile.write(circuit()
                .program()
                .orElseThrow()
                .get()
                .compute(numbers(BigInteger.valueOf(201), LARGE, BigInteger.valueOf(7))));
        assertThat(ours).isEqualTo(Resources.bytes("proving/sums/witness.wtns"));
    }

    @Test
    void inputs_become_a_proof() throws Exception {
        assertThat(circuit().description().computesWitness()).isTrue();
        GeneratedProof proof = prove(numbers(BigInteger.TWO, BigInteger.valueOf(-5), BigInteger.TEN));
        assertThat(proof.statement().publicSignals())
                .containsExactly(
                        io.aitbc.openclaw.zk.bn254.Fr.ORDER
                                .subtract(BigInteger.valueOf(100))
                                .toString(),
                        "7");
    }

    @Test
    void inputs_that_break_a_constraint_lack_or_are_too_many_give_no_proof_and_are_not_quoted() {
        assertThat(failure(numbers(BigInteger.valueOf(4242), BigInteger.ONE, BigInteger.ONE)))
                .isEqualTo("The input does not satisfy circuit sums: a constraint does not hold");
        assertThat(failure(numbers(BigInteger.valueOf(4242), BigInteger.ONE)))
                .isEqualTo("The input does not satisfy circuit sums: input numbers has 3 values, not 2");
        assertThat(failure(Map.of("others", List.of(BigInteger.valueOf(4242)))))
                .isEqualTo("The input does not satisfy circuit sums: the circuit has no input others");
        assertThat(failure(Map.of()))
                .isEqualTo("The input does not satisfy circuit sums: the circuit has 3 inputs, not 0");
    }

    private static String failure(Map<String, List<BigInteger>> inputs) {
        return assertFails(ErrorCode.INVALID_REQUEST, () -> prove(inputs)).getMessage();
    }

    @Test
    void interpreted_program_stops_when_it_is_interrupted() {
        SignalProgram program = SignalProgram.interpreted(wasm);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> program.compute(numbers(BigInteger.ONE, BigInteger.ONE, BigInteger.ONE)))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void what_is_no_program_of_circom_is_refused() {
        byte[] empty = {0, 'a', 's', 'm', 1, 0, 0, 0};
        for (byte[] other : List.of(new byte[0], new byte[] {1, 2, 3}, empty)) {
            assertThatThrownBy(() -> SignalProgram.interpreted(other)).isInstanceOf(IllegalArgumentException.class);
        }
        Random random = new Random(6);
        for (int i = 0; i < 200; i++) {
            byte[] mutant = wasm.clone();
            mutant[random.nextInt(2000)] = (byte) random.nextInt(256);
            Throwable thrown = catchThrowable(() -> SignalProgram.interpreted(mutant));
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void program_that_cannot_be_used_is_a_matter_of_the_settings() throws Exception {
        String json = Resources.text("proving/sums/circuit.json");
        String noise = KeyFile.sha256("noise".getBytes(StandardCharsets.UTF_8));
        String changed = json.replace(KeyFile.sha256(wasm), noise);
        BundleFiles files = name -> new ByteArrayInputStream(
                name.equals("circuit.json")
                        ? changed.getBytes(StandardCharsets.UTF_8)
                        : name.equals("circuit.wasm")
                                ? "noise".getBytes(StandardCharsets.UTF_8)
                                : Resources.bytes("proving/sums/" + name));
        ProvingCircuit circuit =
                ProvingCircuit.of(ProvingBundle.read(files, KeyFile.sha256(changed.getBytes(StandardCharsets.UTF_8))));
        ProofMaker maker = new ProofMaker(new OwnProver(new SecureRandom(), 1), TestingBundle::noAnswers);
        OpenClawException failure = assertFails(
                ErrorCode.INVALID_CONFIG,
                () -> maker.make(
                        circuit,
                        new ProofInput.Signals(numbers(BigInteger.ONE, BigInteger.ONE, BigInteger.ONE)),
                        (_, _) -> {}));
        assertThat(failure)
                .hasMessage("The files of circuit sums cannot be used: witness program: it is no program of circom 2");
    }
}
