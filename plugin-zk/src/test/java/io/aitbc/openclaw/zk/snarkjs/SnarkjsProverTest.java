package io.aitbc.openclaw.zk.snarkjs;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.zk.bn254.Workers;
import io.aitbc.openclaw.zk.prover.Groth16Prover;
import io.aitbc.openclaw.zk.prover.ProvingKey;
import io.aitbc.openclaw.zk.prover.ProvingKeyFile;
import io.aitbc.openclaw.zk.prover.TestingCircuit;
import io.aitbc.openclaw.zk.prover.TestingKeys;
import io.aitbc.openclaw.zk.prover.Witness;
import java.security.SecureRandom;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** snarkjs says of proofs that were made here what it has to; with the profile {@code soak} of ten times as many. */
class SnarkjsProverTest {
    private static final int CIRCUITS = Boolean.getBoolean("openclaw.soak") ? 400 : 40;

    private static Snarkjs snarkjs;

    private final SecureRandom random = new SecureRandom();

    @BeforeAll
    static void start() {
        snarkjs = Snarkjs.start();
    }

    @AfterAll
    static void stop() {
        if (snarkjs != null) {
            snarkjs.close();
        }
    }

    @Test
    void snarkjs_accepts_proofs_of_random_circuits_and_refuses_those_of_wrong_witnesses() throws Exception {
        Random seeded = new Random(21);
        for (int i = 0; i < CIRCUITS; i++) {
            int constraints = 1 + seeded.nextInt(12);
            TestingCircuit circuit =
                    TestingCircuit.random(constraints, seeded.nextInt(Math.min(3, constraints) + 1), seeded);
            TestingKeys keys = new TestingKeys(circuit, seeded.nextLong());
            ProvingKey key = ProvingKeyFile.read(keys.provingKey());
            Witness witness = i % 2 == 0 ? circuit.witness() : circuit.wrongWitness(seeded);
            String proof =
                    SnarkjsWriter.proof(new Groth16Prover(key, random, Workers.caller()).prove(witness, _ -> {}));
            String signals = witness.publicSignals(circuit.publicSignals()).stream()
                    .map("\"%s\""::formatted)
                    .collect(Collectors.joining(",", "[", "]"));
            assertThat(snarkjs.verify("groth16", keys.verificationKey(), signals, proof))
                    .as("circuit %d: %s", i, circuit)
                    .isEqualTo(String.valueOf(i % 2 == 0));
        }
    }
}
