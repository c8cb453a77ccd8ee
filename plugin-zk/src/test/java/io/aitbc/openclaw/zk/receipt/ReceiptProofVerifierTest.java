package io.aitbc.openclaw.zk.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.PluginConfig;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.Verdict;
import io.aitbc.openclaw.contract.ProofVerifierContract;
import io.aitbc.openclaw.zk.Resources;
import io.aitbc.openclaw.zk.circuits.AitbcCircuit;
import io.aitbc.openclaw.zk.circuits.Circuits;
import io.aitbc.openclaw.zk.evidence.CircuitProofVerifier;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The receipt and the proof in it were recorded from a real coordinator. */
class ReceiptProofVerifierTest extends ProofVerifierContract {
    private static final String KEY = AitbcCircuit.RECEIPT_PUBLIC.keySha256();
    private static final String RECEIPT = Resources.text("receipt-with-zk-proof.json");

    private final ProofVerifier verifier = createVerifier();

    @Override
    protected ProofVerifier createVerifier() {
        Circuits circuits = new Circuits(PluginConfig.empty("plugins.zk"));
        return new ReceiptProofVerifier(circuits, new CircuitProofVerifier(circuits, new SecureRandom()));
    }

    @Override
    protected Evidence genuine() {
        return evidence(RECEIPT);
    }

    @Test
    void proof_of_this_receipt_holds_and_shows_no_more_than_the_receipt() {
        Verdict verdict = verifier.verify(genuine());
        assertThat(verdict.reason())
                .isEqualTo("the proof holds and is about this receipt's job, receipt id, provider, output and units");
        assertThat(verdict.assurance()).isEqualTo(AssuranceLevel.SIGNED);
        assertThat(verdict.notProven())
                .contains(
                        "more than the receipt itself shows: whoever has the receipt can compute the hash in the proof",
                        "that the named model, or any model, computed an answer")
                .anyMatch(line -> line.contains("development setup"));
    }

    /** Whoever has the proving key, which is public, can make one of any receipt, also of one that they made up. */
    @Test
    void proof_of_a_receipt_that_no_trusted_key_signed_is_worth_nothing() {
        Evidence genuine = genuine();
        for (Evidence evidence : List.of(
                new Evidence(genuine.kind(), RECEIPT, Set.of(KEY)),
                new Evidence(genuine.kind(), RECEIPT, Set.of(Resources.COORDINATOR_KEY)),
                new Evidence(
                        genuine.kind(), RECEIPT.replace("\"price\": 0.03", "\"price\": 0.04"), genuine.trustedKeys()),
                new Evidence(genuine.kind(), RECEIPT.replace("\"signature\"", "\"seal\""), genuine.trustedKeys()))) {
            Verdict verdict = verifier.verify(evidence);
            assertThat(verdict.valid()).as(verdict.reason()).isTrue();
            assertThat(verdict.assurance()).isEqualTo(AssuranceLevel.NONE);
        }
        assertThat(verifier.verify(new Evidence(genuine.kind(), RECEIPT, Set.of(KEY)))
                        .notProven())
                .first()
                .asString()
                .startsWith("that a known key signed the receipt: the signature holds, but key ");
        Set<String> all = Set.of(KEY, Resources.COORDINATOR_KEY, Resources.ATTESTATION_KEY);
        assertThat(verifier.verify(new Evidence(genuine.kind(), RECEIPT, all)).assurance())
                .isEqualTo(AssuranceLevel.ATTESTED);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"job_id\": \"73', '\"job_id\": \"74'",
        "'\"receipt_id\": \"b2', '\"receipt_id\": \"b3'",
        "'\"provider\": \"miner-lab-1\"', '\"provider\": \"miner-lab-2\"'",
        "'\"output\": \"ok\"', '\"output\": \"OK\"'",
        "'\"units\": 1.5', '\"units\": 1.6'"
    })
    void proof_of_another_receipt_is_refused(String part, String other) {
        String changed = RECEIPT.replace(part, other);
        assertThat(changed).isNotEqualTo(RECEIPT);
        Verdict verdict = verifier.verify(evidence(changed));
        assertThat(verdict.valid()).isFalse();
        assertThat(verdict.reason()).startsWith("the proof is not about this receipt");
    }

    /** It verifies, only not for this receipt. */
    @Test
    void valid_proof_of_other_numbers_is_refused() {
        String proof = Resources.proof("receipt_public", "proof");
        String changed = RECEIPT.replaceFirst("(?s)\"proof\": \\{.*?\\n  \\}", "\"proof\": " + proof)
                .replaceFirst(
                        "\"248281357[0-9]+\"",
                        Resources.proof("receipt_public", "public").replaceAll("[\\[\\]\\s]", ""));
        assertThat(changed).contains("12057206940229156966588662972006930194976845546571128157982563708878920608242");
        assertThat(verifier.verify(evidence(changed)).reason()).startsWith("the proof is not about this receipt");
    }

    @Test
    void damaged_proof_of_this_receipt_does_not_hold() {
        String proof = Resources.proof("receipt_public", "proof");
        String changed = RECEIPT.replaceFirst("(?s)\"proof\": \\{.*?\\n  \\}", "\"proof\": " + proof);
        assertThat(changed).isNotEqualTo(RECEIPT);
        Verdict verdict = verifier.verify(evidence(changed));
        assertThat(verdict.valid()).isFalse();
        assertThat(verdict.reason()).startsWith("the proof does not hold");
    }

    @Test
    void proof_of_a_circuit_that_binds_nothing_is_refused() {
        Verdict verdict = verifier.verify(evidence(RECEIPT.replace("receipt_public", "receipt_simple")));
        assertThat(verdict.valid()).isFalse();
        assertThat(verdict.reason()).endsWith("proofs of circuit receipt_simple are not bound to a receipt");
    }

    @Test
    void proof_of_another_proving_key_is_refused() {
        Verdict verdict = verifier.verify(evidence(RECEIPT.replace("9c780c45716e", "9c780c45716f")));
        assertThat(verdict.valid()).isFalse();
        assertThat(verdict.reason()).contains("its circuit_hash is");
    }

    @Test
    void receipt_without_a_proof_is_refused_whatever_its_status_says() {
        String claimed = Resources.receipt().replace("\"zk_status\": \"not_required\"", "\"zk_status\": \"verified\"");
        Verdict verdict = verifier.verify(evidence(claimed));
        assertThat(verdict.valid()).isFalse();
        assertThat(verdict.reason()).isEqualTo("not a receipt whose proof can be checked: it has no zk_proof");
    }

    /** Python writes what is no text in a way of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"7", "true", "{\"text\": \"ok\"}", "[\"ok\"]", "1.5"})
    void output_that_is_no_text_is_not_guessed(String output) {
        Verdict verdict = verifier.verify(evidence(RECEIPT.replace("\"output\": \"ok\"", "\"output\": " + output)));
        assertThat(verdict.valid()).isFalse();
        assertThat(verdict.reason()).contains("the receipt's output is not a text");
    }

    @Test
    void half_a_character_is_not_replaced() {
        Verdict verdict = verifier.verify(evidence(RECEIPT.replace("\"output\": \"ok\"", "\"output\": \"\\ud83d\"")));
        assertThat(verdict.valid()).isFalse();
        assertThat(verdict.reason()).endsWith("the receipt holds half a character");
    }

    /** As Python's {@code a or b or c or ""}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"output\": \"\", \"result\": \"ok\"",
                "\"output\": null, \"result\": \"ok\"",
                "\"output\": 0, \"result\": [], \"output_hash\": \"ok\"",
                "\"result\": {}, \"output_hash\": \"ok\"",
                "\"output\": false, \"result\": 0.0, \"output_hash\": \"ok\""
            })
    void output_is_the_first_member_that_is_not_empty(String members) {
        String changed = RECEIPT.replace("\"output\": \"ok\"", members);
        assertThat(changed).isNotEqualTo(RECEIPT);
        assertThat(verifier.verify(evidence(changed)).valid()).isTrue();
    }

    private static Evidence evidence(String json) {
        return new Evidence(Evidence.AITBC_RECEIPT_PROOF, json, Set.of(KEY, Resources.COORDINATOR_KEY));
    }
}
