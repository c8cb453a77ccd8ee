package io.aitbc.openclaw.zk.prover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.zk.bn254.Workers;
import io.aitbc.openclaw.zk.groth16.Groth16Claim;
import io.aitbc.openclaw.zk.groth16.Groth16Proof;
import io.aitbc.openclaw.zk.groth16.Groth16Verifier;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Groth16ProverTest {
    private final SecureRandom random = new SecureRandom();

    private static ProvingKey key(TestingCircuit circuit, long seed) throws Exception {
        return ProvingKeyFile.read(new TestingKeys(circuit, seed).provingKey());
    }

    private Groth16Proof prove(ProvingKey key, Witness witness) throws Exception {
        return new Groth16Prover(key, random, Workers.caller()).prove(witness, _ -> {});
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 20, 33})
    void proofs_of_random_circuits_hold_and_those_of_wrong_witnesses_do_not(int constraints) throws Exception {
        Random seeded = new Random(constraints);
        for (int round = 0; round < 3; round++) {
            int publicSignals = seeded.nextInt(Math.min(constraints, 4) + 1);
            TestingCircuit circuit = TestingCircuit.random(constraints, publicSignals, seeded);
            ProvingKey key = key(circuit, seeded.nextLong());
            Groth16Verifier verifier = new Groth16Verifier(key.verificationKey());
            Groth16Claim good = new Groth16Claim(prove(key, circuit.witness()), TestingKeys.publicSignals(circuit));
            assertThat(verifier.holds(good)).as("%s", circuit).isTrue();
            try (Witness wrong = circuit.wrongWitness(seeded)) {
                Groth16Proof proof = prove(key, wrong);
                assertThat(verifier.holds(new Groth16Claim(proof, wrong.publicSignals(publicSignals))))
                        .isFalse();
                assertThat(verifier.holds(new Groth16Claim(proof, TestingKeys.publicSignals(circuit))))
                        .isFalse();
            }
        }
    }

    @Test
    void proofs_hide_the_witness_behind_numbers_drawn_anew() throws Exception {
        TestingCircuit circuit = TestingCircuit.squarings(5, BigInteger.TEN);
        ProvingKey key = key(circuit, 1);
        Groth16Proof one = prove(key, circuit.witness());
        Groth16Proof other = prove(key, circuit.witness());
        assertThat(other.a()).isNotEqualTo(one.a());
        assertThat(other.b()).isNotEqualTo(one.b());
        assertThat(other.c()).isNotEqualTo(one.c());
    }

    @Test
    void several_threads_make_a_proof_that_holds_and_progress_ends_at_100() throws Exception {
        TestingCircuit circuit = TestingCircuit.squarings(100, BigInteger.valueOf(7));
        ProvingKey key = key(circuit, 2);
        List<Integer> progress = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
            Groth16Proof proof =
                    new Groth16Prover(key, random, Workers.of(executor)).prove(circuit.witness(), progress::add);
            assertThat(new Groth16Verifier(key.verificationKey())
                            .holds(new Groth16Claim(proof, TestingKeys.publicSignals(circuit))))
                    .isTrue();
        }
        assertThat(progress).isSorted().endsWith(100);
    }

    @Test
    void witness_of_another_circuit_is_refused() throws Exception {
        ProvingKey key = key(TestingCircuit.squarings(5, BigInteger.TEN), 3);
        TestingCircuit other = TestingCircuit.squarings(6, BigInteger.TEN);
        assertThatThrownBy(() -> prove(key, other.witness()))
                .isInstanceOf(MalformedFileException.class)
                .hasMessage("it has 8 signals, not 7: it is of another circuit");
    }

    @Test
    void interrupted_prover_stops() throws Exception {
        TestingCircuit circuit = TestingCircuit.squarings(5, BigInteger.TEN);
        ProvingKey key = key(circuit, 4);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> prove(key, circuit.witness())).isInstanceOf(InterruptedException.class);
    }
}
