package io.aitbc.openclaw.zk.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.Verdict;
import io.aitbc.openclaw.contract.ProofVerifierContract;
import io.aitbc.openclaw.zk.Resources;
import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.json.JsonReader;
import io.aitbc.openclaw.zk.json.SlowCanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReceiptVerifierTest extends ProofVerifierContract {
    private static final String BOTH = "both";

    private final ReceiptVerifier verifier = new ReceiptVerifier();

    @Override
    protected ProofVerifier createVerifier() {
        return new ReceiptVerifier();
    }

    @Override
    protected Evidence genuine() {
        return evidence(Resources.receipt(), Resources.COORDINATOR_KEY);
    }

    @Test
    void receipt_signed_by_a_trusted_key_is_signed() {
        Verdict verdict = verifier.verify(evidence(Resources.receipt(), Resources.COORDINATOR_KEY));
        assertThat(verdict.valid()).isTrue();
        assertThat(verdict.assurance()).isEqualTo(AssuranceLevel.SIGNED);
        assertThat(verdict.keyId()).contains(Resources.COORDINATOR_KEY);
        assertThat(verdict.reason()).isEqualTo("signed by trusted key " + Resources.COORDINATOR_KEY);
        assertThat(verdict.notProven())
                .contains(
                        "that the named model, or any model, computed the answer",
                        "what stands in tee_status, zk_status: no signature covers it");
    }

    @Test
    void receipt_that_a_second_trusted_key_signed_too_is_attested() {
        Verdict verdict = verifier.verify(evidence(Resources.receipt(), BOTH));
        assertThat(verdict.assurance()).isEqualTo(AssuranceLevel.ATTESTED);
        assertThat(verdict.reason()).endsWith("attested by trusted key " + Resources.ATTESTATION_KEY);
    }

    @Test
    void attestation_alone_does_not_make_an_untrusted_signer_trusted() {
        Verdict verdict = verifier.verify(evidence(Resources.receipt(), Resources.ATTESTATION_KEY));
        assertThat(verdict.valid()).isTrue();
        assertThat(verdict.assurance()).isEqualTo(AssuranceLevel.NONE);
        assertThat(verdict.notProven())
                .contains("who signed it: key " + Resources.COORDINATOR_KEY + " is not among the trusted keys");
    }

    @Test
    void the_signer_cannot_attest_its_own_receipt() {
        String signature = between(Resources.receipt(), "\"signature\": ", "}") + "}";
        String attestation = between(Resources.receipt(), "\"attestations\": [", "]");
        String forged = Resources.receipt().replace(attestation, signature);
        assertThat(verifier.verify(evidence(forged, BOTH)).assurance()).isEqualTo(AssuranceLevel.SIGNED);
    }

    @Test
    void broken_attestation_neither_helps_nor_harms() {
        String wrongSignature = Resources.receipt().replace("G_2dg8pKM8", "G_2dg8pKM9");
        assertThat(verifier.verify(evidence(wrongSignature, BOTH)).assurance()).isEqualTo(AssuranceLevel.SIGNED);
        String noList = Resources.receipt().replace("\"attestations\": [", "\"attestations\": [7, null, {},");
        assertThat(verifier.verify(evidence(noList, BOTH)).assurance()).isEqualTo(AssuranceLevel.ATTESTED);
    }

    @Test
    void unsigned_members_can_be_forged_and_are_therefore_named_as_not_proven() {
        String forged = Resources.receipt().replace("\"zk_status\": \"not_required\"", "\"zk_status\": \"verified\"");
        Verdict verdict = verifier.verify(evidence(forged, Resources.COORDINATOR_KEY));
        assertThat(verdict.valid()).isTrue();
        assertThat(verdict.assurance()).isEqualTo(AssuranceLevel.SIGNED);
        assertThat(verdict.notProven()).contains("what stands in tee_status, zk_status: no signature covers it");
    }

    @Test
    void receipt_with_a_zk_proof_verifies_without_the_proof_counting() {
        String receipt = Resources.text("receipt-with-zk-proof.json");
        Verdict verdict = verifier.verify(evidence(receipt, BOTH));
        assertThat(verdict.assurance()).isEqualTo(AssuranceLevel.ATTESTED);
        assertThat(verdict.notProven())
                .contains("what stands in tee_status, zk_proof, zk_status: no signature covers it");
    }

    @Test
    void a_pinned_key_may_be_written_with_padding() {
        Verdict verdict = verifier.verify(evidence(Resources.receipt(), Resources.COORDINATOR_KEY + "="));
        assertThat(verdict.assurance()).isEqualTo(AssuranceLevel.SIGNED);
    }

    @Test
    void numbers_in_the_wire_form_of_the_real_coordinator_verify() {
        String wire = Resources.receipt().replace("1e-06", "1e-6");
        assertThat(verifier.verify(evidence(wire, Resources.COORDINATOR_KEY)).valid())
                .isTrue();
    }

    @Test
    void a_whole_number_in_place_of_a_float_breaks_the_signature() {
        String changed = Resources.receipt().replace("1795347327", "1795347327.0");
        Verdict verdict = verifier.verify(evidence(changed, Resources.COORDINATOR_KEY));
        assertThat(verdict.valid()).isFalse();
        assertThat(verdict.reason()).isEqualTo("the signature does not hold for key " + Resources.COORDINATOR_KEY);
        assertThat(verdict.notProven()).containsExactly("anything the document says");
    }

    /** Every position of the document, ten other characters each: what reads differently must not verify. */
    @Test
    void every_change_of_one_character_in_what_is_signed_is_caught() throws Exception {
        String receipt = Resources.receipt();
        JsonReader reader = new JsonReader();
        String meaning = meaning(reader.read(receipt));
        Random random = new Random(3);
        int caught = 0;
        int harmless = 0;
        for (int i = 0; i < receipt.length(); i++) {
            String letters = "09az\"\\ ,}:" + (char) (' ' + random.nextInt(95));
            for (char letter : letters.toCharArray()) {
                String changed = receipt.substring(0, i) + letter + receipt.substring(i + 1);
                Verdict verdict = verifier.verify(evidence(changed, Resources.COORDINATOR_KEY));
                if (verdict.assurance() == AssuranceLevel.NONE) {
                    caught++;
                    continue;
                }
                harmless++;
                assertThat(meaning(reader.read(changed)))
                        .as("changed at %d to '%s'", i, letter)
                        .isEqualTo(meaning);
            }
        }
        assertThat(caught).isGreaterThan(9_000);
        assertThat(harmless).isLessThan(caught);
    }

    @Test
    void every_signed_value_counts() {
        for (String value : new String[] {
            "5dda6c8566e85bf2bfc5f7ff9c2fd94",
            "f350397e6eb1468b828854e687d7cbd6",
            "miner-lab-1",
            "2c399243",
            "COMPLETED",
            "1.234",
            "gpu_seconds",
            "0.02,",
            "0.02468",
            "1795347327",
            "1795347325",
            "text-generation",
            "llama3.2:1b",
            "Say hi",
            "\"hi\"",
            "1e-06",
            "1234\n",
            "false"
        }) {
            int start = Resources.receipt().indexOf(value);
            assertThat(start).as(value).isPositive();
            int at = value.startsWith("\"") ? start + 1 : start;
            String other = Character.isDigit(Resources.receipt().charAt(at)) ? "3" : "x";
            String changed = value.equals("false")
                    ? Resources.receipt().replace("false", "true")
                    : Resources.receipt().substring(0, at)
                            + other
                            + Resources.receipt().substring(at + 1);
            assertThat(changed).isNotEqualTo(Resources.receipt());
            assertThat(verifier.verify(evidence(changed, BOTH)).valid())
                    .as(value)
                    .isFalse();
        }
    }

    @Test
    void a_key_of_small_order_signs_nothing() {
        // The neutral point: for it, a signature of zeros holds over every message unless the key is refused.
        String neutral = "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        String zeros = "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        String forged = Resources.receipt()
                .replace(Resources.COORDINATOR_KEY, neutral)
                .replace(between(Resources.receipt(), "\"sig\": \"", "\""), zeros);
        Verdict verdict = verifier.verify(evidence(forged, neutral));
        assertThat(verdict.valid()).isFalse();
        assertThat(verdict.reason()).startsWith("the signature does not hold");
    }

    @Test
    void a_second_spelling_of_the_same_signature_is_refused() {
        String receipt = Resources.receipt().replace("iEQwAA\"", "iEQwAB\"");
        assertThat(receipt).isNotEqualTo(Resources.receipt());
        assertThat(verifier.verify(evidence(receipt, BOTH)).valid()).isFalse();
    }

    @Test
    void random_text_and_random_damage_never_throw() {
        Random random = new Random(5);
        byte[] genuine = Resources.receipt().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 3_000; i++) {
            byte[] bytes;
            if (i % 3 == 0) {
                bytes = new byte[random.nextInt(400)];
                random.nextBytes(bytes);
            } else {
                bytes = genuine.clone();
                for (int damage = 1 + random.nextInt(6); damage > 0; damage--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
            }
            String document = new String(bytes, i % 2 == 0 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
            Verdict verdict = verifier.verify(evidence(document, BOTH));
            assertThat(verdict.reason()).isNotBlank().doesNotContain("\n");
            assertThat(verdict.notProven()).isNotEmpty();
        }
    }

    @Test
    void a_signed_document_that_is_no_receipt_is_refused() {
        Verdict verdict = verifier.verify(evidence("{\"signature\":{}}", BOTH));
        assertThat(verdict.valid()).isFalse();
        assertThat(verdict.reason()).isEqualTo("not a receipt that can be checked: it has no receipt_id");
    }

    private static Evidence evidence(String json, String key) {
        Set<String> keys =
                key.equals(BOTH) ? Set.of(Resources.COORDINATOR_KEY, Resources.ATTESTATION_KEY) : Set.of(key);
        return new Evidence(Evidence.AITBC_RECEIPT, json, keys);
    }

    /** What the signature covers, by the second writer. */
    private static String meaning(Json document) {
        return SlowCanonicalJson.write(new Json.Members(((Json.Members) document)
                .list().stream()
                        .filter(member -> !ReceiptVerifier.UNSIGNED.contains(member.name()))
                        .toList()));
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
