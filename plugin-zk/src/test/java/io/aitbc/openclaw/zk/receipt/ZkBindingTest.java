package io.aitbc.openclaw.zk.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.Verdict;
import io.aitbc.openclaw.zk.Resources;
import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.json.JsonReader;
import io.aitbc.openclaw.zk.json.SlowCanonicalJson;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said about ZK proofs. None of it may raise what a receipt is worth. */
class ZkBindingTest {
    private static final String NOT_CHECKED = "that the ZK proof in it holds: here it was not checked";
    private static final String NOT_ABOUT = "that the ZK proof in it is about this receipt";

    private final ReceiptVerifier verifier = new ReceiptVerifier();

    @Test
    void the_proofs_of_recorded_receipts_are_bound_to_them_and_still_said_to_be_unchecked() throws Exception {
        List<Json.Members> withProof = Resources.recordedReceipts().stream()
                .filter(receipt -> receipt.get("zk_proof").isPresent())
                .toList();
        assertThat(withProof).hasSize(2);
        for (Json.Members receipt : withProof) {
            assertThat(ZkBinding.notProven(receipt))
                    .hasValueSatisfying(line -> assertThat(line).startsWith(NOT_CHECKED));
            Verdict verdict = verify(SlowCanonicalJson.write(receipt));
            assertThat(verdict.assurance()).isEqualTo(AssuranceLevel.SIGNED);
        }
    }

    @Test
    void the_private_inputs_are_recomputed_as_the_coordinator_makes_them() throws Exception {
        Json.Members receipt = (Json.Members) new JsonReader().read(Resources.text("receipt-with-zk-proof.json"));
        Json.Members proof = (Json.Members) receipt.get("zk_proof").orElseThrow();
        List<String> published = ((Json.Items) proof.get("receipt").orElseThrow())
                .list().stream().map(input -> ((Json.Text) input).value()).toList();
        assertThat(ReceiptNumbers.of(receipt)).extracting(Object::toString).isEqualTo(published);
    }

    @Test
    void a_genuine_proof_of_another_receipt_is_named_though_the_status_says_verified() throws Exception {
        Json.Members withProof = (Json.Members) new JsonReader().read(Resources.text("receipt-with-zk-proof.json"));
        String proof = SlowCanonicalJson.write(withProof.get("zk_proof").orElseThrow());
        String moved = Resources.receipt()
                .replace("\"zk_status\": \"not_required\"", "\"zk_status\": \"verified\",\"zk_proof\":" + proof);

        Verdict verdict = verify(moved);

        assertThat(verdict.valid()).isTrue();
        assertThat(verdict.assurance()).isEqualTo(AssuranceLevel.SIGNED);
        assertThat(verdict.notProven())
                .anySatisfy(line ->
                        assertThat(line).startsWith(NOT_ABOUT).endsWith("units, although zk_status says verified"));
    }

    @Test
    void a_status_without_a_proof_is_named() {
        String forged = Resources.receipt().replace("\"zk_status\": \"not_required\"", "\"zk_status\": \"verified\"");
        assertThat(verify(forged).notProven())
                .contains("that there is a ZK proof: zk_status says verified, but the receipt carries none");
        assertThat(verify(Resources.receipt()).notProven()).noneMatch(line -> line.contains("ZK proof"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"2482813579; \"3482813579; not the hash",
                "\"public_signals\": [; \"public_signals\": [\"1\",; exactly one public signal",
                "\"2482813579; \"-248281357; not the hash",
                "\"public_signals\"; \"other_signals\"; exactly one public signal",
                "\"output\": \"ok\"; \"output\": [1]; output is not a text",
                "\"output\": \"ok\"; \"output\": \"\\ud83d\"; half a character",
                "\"output\": \"ok\"; \"output\": \"OK\"; not the hash",
                "\"units\": 1.5; \"units\": 1.500001; not the hash",
                "\"units\": 1.5; \"units\": \"1.5\"; units are not a number",
                "\"units\": 1.5; \"units\": 1e305; units are not a number",
                "\"result\": {; \"other\": {; not the hash",
                "\"provider\": \"miner; \"provider\": \"Miner; not the hash"
            })
    void what_does_not_fit_is_named(String text, String other, String named) throws Exception {
        String changed = Resources.text("receipt-with-zk-proof.json")
                .replaceFirst(java.util.regex.Pattern.quote(text), java.util.regex.Matcher.quoteReplacement(other));
        assertThat(changed).isNotEqualTo(Resources.text("receipt-with-zk-proof.json"));

        assertThat(ZkBinding.notProven((Json.Members) new JsonReader().read(changed)))
                .hasValueSatisfying(
                        line -> assertThat(line).startsWith(NOT_ABOUT).contains(named));
    }

    private Verdict verify(String receipt) {
        return verifier.verify(new Evidence(Evidence.AITBC_RECEIPT, receipt, Set.of(Resources.COORDINATOR_KEY)));
    }
}
