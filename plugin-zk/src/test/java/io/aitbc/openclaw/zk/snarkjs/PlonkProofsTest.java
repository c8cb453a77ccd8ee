package io.aitbc.openclaw.zk.snarkjs;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.zk.Resources;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.plonk.PlonkKey;
import io.aitbc.openclaw.zk.plonk.PlonkProof;
import io.aitbc.openclaw.zk.plonk.PlonkVerifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PLONK proofs of snarkjs for circuits of several shapes: see src/test/circuits/plonk. */
class PlonkProofsTest {
    private static final SnarkjsReader READER = new SnarkjsReader();

    private static PlonkKey key(String circuit) throws MalformedDocumentException {
        return READER.plonkKey(Resources.proof("plonk_" + circuit, "verification_key"));
    }

    private static PlonkProof proof(String circuit) throws MalformedDocumentException {
        return READER.plonkProof(Resources.proof("plonk_" + circuit, "proof"));
    }

    private static List<Fr> signals(String circuit) throws MalformedDocumentException {
        return READER.signals(Resources.proof("plonk_" + circuit, "public"));
    }

    @ParameterizedTest
    @CsvSource({"silent, 3, 0", "sums, 3, 2", "additions, 3, 1", "wiring, 7, 3", "many, 10, 201", "chain, 11, 1"})
    void circuits_differ_in_gates_and_signals(String circuit, int power, int count) throws Exception {
        assertThat(key(circuit).power()).isEqualTo(power);
        assertThat(key(circuit).signals()).isEqualTo(count);
        assertThat(signals(circuit)).hasSize(count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"silent", "additions", "wiring", "many", "chain"})
    void genuine_proof_holds_for_its_signals_only(String circuit) throws Exception {
        PlonkVerifier verifier = new PlonkVerifier(key(circuit));
        PlonkProof proof = proof(circuit);
        List<Fr> signals = signals(circuit);
        assertThat(verifier.holds(proof, signals)).isTrue();
        for (int i = 0; i < signals.size(); i += Math.max(1, signals.size() / 7)) {
            List<Fr> others = new ArrayList<>(signals);
            others.set(i, others.get(i).add(Fr.ONE));
            assertThat(verifier.holds(proof, others)).as("signal %d", i).isFalse();
        }
        List<Fr> more = new ArrayList<>(signals);
        more.add(Fr.ZERO);
        assertThat(verifier.holds(proof, more)).isFalse();
        if (!signals.isEmpty()) {
            assertThat(verifier.holds(proof, signals.subList(1, signals.size())))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"additions, chain", "chain, additions"})
    void genuine_proof_does_not_hold_under_another_key(String circuit, String other) throws Exception {
        assertThat(new PlonkVerifier(key(other)).holds(proof(circuit), signals(circuit)))
                .isFalse();
    }

    /** A circuit without a multiplication: infinity in a key is no mistake. */
    @Test
    void commitment_to_zero_is_infinity() throws Exception {
        assertThat(key("additions").selectors().getFirst().infinite()).isTrue();
        assertThat(key("additions").selectors().getLast().infinite()).isFalse();
        assertThat(key("silent").selectors().getFirst().infinite()).isFalse();
    }
}
