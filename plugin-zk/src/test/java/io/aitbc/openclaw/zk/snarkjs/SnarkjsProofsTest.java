package io.aitbc.openclaw.zk.snarkjs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.zk.Resources;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.groth16.Groth16Claim;
import io.aitbc.openclaw.zk.groth16.Groth16Verifier;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.plonk.PlonkProof;
import io.aitbc.openclaw.zk.plonk.PlonkVerifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proofs that snarkjs made, for circuits of AITBC and one of our own. */
class SnarkjsProofsTest {
    private final SnarkjsReader reader = new SnarkjsReader();

    @ParameterizedTest
    @CsvSource({
        "receipt_public, receipt_public",
        "receipt_simple, receipt_simple",
        "ml_inference_verification, ml_inference_verification",
        "ml_inference_verification_bad, ml_inference_verification"
    })
    void genuine_groth16_proof_holds_and_for_no_other_signals(String proof, String key) throws Exception {
        Groth16Verifier verifier = new Groth16Verifier(reader.groth16Key(Resources.key(key)));
        List<Fr> signals = reader.signals(Resources.proof(proof, "public"));
        Groth16Claim claim = new Groth16Claim(reader.groth16Proof(Resources.proof(proof, "proof")), signals);
        assertThat(verifier.holds(claim)).isTrue();
        for (int i = 0; i < signals.size(); i++) {
            List<Fr> others = new ArrayList<>(signals);
            others.set(i, others.get(i).add(Fr.ONE));
            assertThat(verifier.holds(new Groth16Claim(claim.proof(), others))).isFalse();
        }
    }

    @Test
    void genuine_groth16_proof_does_not_hold_under_another_key() throws Exception {
        Groth16Verifier verifier = new Groth16Verifier(reader.groth16Key(Resources.key("ml_inference_verification")));
        Groth16Claim claim = new Groth16Claim(
                reader.groth16Proof(Resources.proof("receipt_public", "proof")),
                reader.signals(Resources.proof("receipt_public", "public")));
        assertThat(verifier.holds(claim)).isFalse();
    }

    @Test
    void genuine_plonk_proof_holds_and_for_no_other_signals() throws Exception {
        PlonkVerifier verifier = new PlonkVerifier(reader.plonkKey(Resources.proof("plonk_sums", "verification_key")));
        PlonkProof proof = reader.plonkProof(Resources.proof("plonk_sums", "proof"));
        List<Fr> signals = reader.signals(Resources.proof("plonk_sums", "public"));
        assertThat(signals).containsExactly(Fr.valueOf(261_327), Fr.valueOf(7933));
        assertThat(verifier.holds(proof, signals)).isTrue();
        assertThat(verifier.holds(proof, List.of(signals.get(1), signals.get(0))))
                .isFalse();
        assertThat(verifier.holds(proof, signals.subList(0, 1))).isFalse();
    }

    /** Each number of the proof is replaced by another valid one, whatever the shape of the circuit. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "A", "B", "C", "Z", "T1", "T2", "T3", "Wxi", "Wxiw", "eval_a", "eval_b", "eval_c", "eval_s1", "eval_s2",
                "eval_zw"
            })
    void every_part_of_a_plonk_proof_counts(String part) throws Exception {
        for (String circuit : List.of("plonk_sums", "plonk_silent", "plonk_additions", "plonk_many", "plonk_wiring")) {
            PlonkVerifier verifier = new PlonkVerifier(reader.plonkKey(Resources.proof(circuit, "verification_key")));
            String genuine = Resources.proof(circuit, "proof");
            String other = part.startsWith("eval")
                    ? genuine.replaceFirst("\"%s\": \"[0-9]+\"".formatted(part), "\"%s\": \"5\"".formatted(part))
                    : genuine.replaceFirst(
                            "\"%s\": \\[[^\\]]+\\]".formatted(part), "\"%s\": [\"1\",\"2\",\"1\"]".formatted(part));
            assertThat(other).isNotEqualTo(genuine);
            assertThat(verifier.holds(reader.plonkProof(other), reader.signals(Resources.proof(circuit, "public"))))
                    .as(circuit)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "B", "C", "Z", "T1", "T2", "T3", "Wxi", "Wxiw"})
    void plonk_proof_with_a_point_at_infinity_or_off_the_curve_is_refused(String part) {
        String genuine = Resources.proof("plonk_sums", "proof");
        String pattern = "\"%s\": \\[[^\\]]+\\]".formatted(part);
        assertThatThrownBy(() -> reader.plonkProof(
                        genuine.replaceFirst(pattern, "\"%s\": [\"0\", \"1\", \"0\"]".formatted(part))))
                .hasMessage(part + " is the point at infinity");
        assertThatThrownBy(() -> reader.plonkProof(
                        genuine.replaceFirst(pattern, "\"%s\": [\"1\", \"3\", \"1\"]".formatted(part))))
                .hasMessage(part + " is not a point of the curve");
    }

    @Test
    void plonk_proof_with_an_evaluation_that_is_not_below_the_order_is_refused() {
        String alias = Resources.proof("plonk_sums", "proof")
                .replaceFirst("\"eval_zw\": \"[0-9]+\"", "\"eval_zw\": \"%s\"".formatted(Fr.ORDER));
        assertThatThrownBy(() -> reader.plonkProof(alias)).hasMessage("eval_zw is not below the prime of its field");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"power\": 3', '\"power\": 4', w is not a primitive root of unity of order 2^4",
        "'\"power\": 3', '\"power\": 2', w is not a primitive root of unity of order 2^2",
        "'\"power\": 3', '\"power\": 29', its power is not a whole number from 0 to 28",
        "'\"k2\": \"3\"', '\"k2\": \"2\"', k1 and k2 do not keep the wires apart",
        "'\"nPublic\": 2', '\"nPublic\": 9', there are more public signals than gates",
        "'\"nPublic\": 2', '\"nPublic\": -2', its nPublic is not a whole number from 0 to 1024",
        "'\"protocol\": \"plonk\"', '\"protocol\": \"fflonk\"', 'its protocol is ''fflonk'', not ''plonk'''"
    })
    void plonk_key_under_which_proofs_show_nothing_is_refused(String part, String other, String reason) {
        String key = Resources.proof("plonk_sums", "verification_key");
        String changed = key.replace(part, other);
        assertThat(changed).isNotEqualTo(key);
        assertThatThrownBy(() -> reader.plonkKey(changed))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessage(reason);
    }
}
