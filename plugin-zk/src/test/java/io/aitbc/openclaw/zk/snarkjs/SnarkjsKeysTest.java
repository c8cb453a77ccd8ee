package io.aitbc.openclaw.zk.snarkjs;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.zk.Resources;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bn254.Workers;
import io.aitbc.openclaw.zk.groth16.Groth16Claim;
import io.aitbc.openclaw.zk.groth16.Groth16Key;
import io.aitbc.openclaw.zk.groth16.Groth16Verifier;
import io.aitbc.openclaw.zk.prover.Groth16Prover;
import io.aitbc.openclaw.zk.prover.ProvingKey;
import io.aitbc.openclaw.zk.prover.ProvingKeyFile;
import io.aitbc.openclaw.zk.prover.Witness;
import io.aitbc.openclaw.zk.prover.WitnessFile;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys and witnesses that circom and snarkjs made: see {@code src/test/circuits}. */
class SnarkjsKeysTest {
    private final SnarkjsReader reader = new SnarkjsReader();

    @ParameterizedTest
    @CsvSource({"sums, 2", "permutation, 1"})
    void proof_of_a_witness_of_circom_holds_under_the_key_that_snarkjs_exported(String circuit, int signals)
            throws Exception {
        Groth16Key exported = reader.groth16Key(file(circuit, "verification_key.json"));
        ProvingKey key = ProvingKeyFile.read(Resources.bytes("proving/%s/circuit.zkey".formatted(circuit)));
        assertThat(key.verificationKey()).isEqualTo(exported);
        Groth16Verifier verifier = new Groth16Verifier(exported);
        try (Witness witness = WitnessFile.read(Resources.bytes("proving/%s/witness.wtns".formatted(circuit)))) {
            List<Fr> expected = reader.signals(file(circuit, "public.json"));
            assertThat(witness.publicSignals(signals)).isEqualTo(expected);
            Groth16Claim ours = new Groth16Claim(
                    new Groth16Prover(key, new SecureRandom(), Workers.caller()).prove(witness, _ -> {}), expected);
            assertThat(verifier.holds(ours)).isTrue();
            assertThat(verifier.holds(
                            new Groth16Claim(reader.groth16Proof(SnarkjsWriter.proof(ours.proof())), expected)))
                    .isTrue();
        }
        Groth16Claim theirs = new Groth16Claim(
                reader.groth16Proof(file(circuit, "proof.json")), reader.signals(file(circuit, "public.json")));
        assertThat(verifier.holds(theirs)).isTrue();
    }

    private static String file(String circuit, String name) {
        return Resources.text("proving/%s/%s".formatted(circuit, name));
    }
}
