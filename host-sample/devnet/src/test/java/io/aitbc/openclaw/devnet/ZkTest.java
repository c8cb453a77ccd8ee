package io.aitbc.openclaw.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Zero-knowledge proofs: those that were recorded, and what becomes of jobs that need one. */
class ZkTest {
    private static final String MODEL = "llama3.2:1b";

    private final RecordedProofs proofs = RecordedProofs.load();
    private final Devnet devnet = Devnet.start(
            DevnetOptions.defaults()
                    .withMiner(false)
                    .withProver(Prover.RECORDED)
                    .withStall(Duration.ofSeconds(20)),
            new TestingEngine(MODEL));
    private final TestingClient client = TestingClient.signIn(devnet, TestingWallet.RECORDED);
    private final TestingMiner miner =
            TestingMiner.of(devnet, "miner-lab-1").register("{\"models\":[\"llama3.2:1b\"]}", 100);

    @AfterEach
    void close() {
        devnet.close();
    }

    private static ObjectNode job(String prompt) {
        ObjectNode job = TestingClient.paid(TestingClient.job(MODEL, prompt), "1");
        job.putObject("constraints").put("zk_proof_required", true);
        return job;
    }

    private JsonNode receiptOf(ObjectNode job) {
        String jobId = client.submit(job);
        miner.result(jobId, "ok", 1500);
        return client.get("/v1/jobs/" + jobId + "/receipt").json();
    }

    private JsonNode verified(String path, RecordedProofs.Recorded recorded, JsonNode signals, String circuit) {
        ObjectNode body = Json.object().put("circuit_name", circuit);
        body.set("proof", recorded.proof());
        body.set("public_signals", signals);
        return client.post(path, body).json();
    }

    @ParameterizedTest
    @CsvSource({
        "receipt-public,receipt_public",
        "receipt-simple,receipt_simple",
        "ml-inference-verification,ml_inference_verification",
        "ml-inference-verification-bad,ml_inference_verification",
        "job-1d1fa3e5,receipt_public",
        "job-73d3e9b3,receipt_public"
    })
    void a_recorded_proof_verifies_with_its_own_signals_and_circuit_only(String name, String circuit) {
        RecordedProofs.Recorded recorded = proofs.named(name);
        JsonNode other = Json.array().add("5");

        assertThat(verified("/v1/zk/verify", recorded, recorded.signals(), circuit))
                .isEqualTo(Json.object()
                        .put("verified", true)
                        .put("computation_correct", true)
                        .put("privacy_preserved", true)
                        .put("reason", "Unknown")
                        .put("commitment", "unknown"));
        assertThat(verified("/v1/zk/verify", recorded, other, circuit)
                        .path("verified")
                        .booleanValue())
                .isFalse();
        assertThat(verified("/v1/zk/verify", recorded, recorded.signals(), "modular_ml_components")
                        .path("reason")
                        .stringValue())
                .contains("recorded");
        assertThat(verified("/v1/zk/verify", recorded, recorded.signals(), "nonsense")
                        .path("reason")
                        .stringValue())
                .isEqualTo("Unknown circuit: nonsense");
    }

    @Test
    void a_proof_of_a_wrong_inference_counts_as_correct_computation() {
        RecordedProofs.Recorded wrong = proofs.named("ml-inference-verification-bad");
        assertThat(wrong.signals().path(0).stringValue()).isEqualTo("0");

        JsonNode verdict = verified("/v1/ml-zk/verify/inference", wrong, wrong.signals(), "ignored");

        assertThat(verdict.path("computation_correct").booleanValue()).isTrue();
    }

    @Test
    void an_altered_or_malformed_proof_does_not_verify() {
        RecordedProofs.Recorded good = proofs.named("receipt-public");
        ObjectNode altered = good.proof().deepCopy();
        altered.set("pi_c", altered.path("pi_a"));
        ObjectNode body = Json.object();
        body.set("proof", altered);
        body.set("public_signals", good.signals());

        assertThat(client.post("/v1/zk/verify", body).json().path("verified").booleanValue())
                .isFalse();
        body.set("proof", Json.object().put("pi_a", 7));
        assertThat(client.post("/v1/zk/verify", body).json().path("reason").stringValue())
                .isEqualTo("Malformed proof");
        assertThat(client.post("/v1/zk/verify", Json.object()).status()).isEqualTo(422);
    }

    @Test
    void circuits_are_listed_and_recorded_inputs_are_proved() {
        JsonNode info = client.get("/v1/zk/info").json();
        assertThat(info.path("enabled").booleanValue()).isTrue();
        assertThat(info.path("available_circuits").size()).isEqualTo(5);
        assertThat(client.get("/v1/zk/health").json()).isEqualTo(info);
        assertThat(client.get("/v1/ml-zk/circuits").text()).contains("ml_inference_verification");
        RecordedProofs.Recorded recorded = proofs.named("receipt-simple");
        ObjectNode body = Json.object().put("circuit_name", "receipt_simple");
        body.set("inputs", recorded.input().orElseThrow());

        assertThat(client.post("/v1/zk/generate", body).json().path("proof")).isEqualTo(recorded.proof());
        body.putObject("inputs").put("receiptHash", "1");
        assertThat(client.post("/v1/zk/generate", body).status()).isEqualTo(400);
    }

    @Test
    void the_recorded_job_gets_the_recorded_ids_and_a_proof_that_is_bound_to_them() {
        JsonNode receipt = receiptOf(job("hello"));

        JsonNode proof = receipt.path("zk_proof");
        assertThat(receipt.path("job_id").stringValue()).isEqualTo("73d3e9b391d74d7580cec8df72c5ea42");
        assertThat(receipt.path("zk_status").stringValue()).isEqualTo("verified");
        List<String> bound = List.of(
                receipt.path("job_id").stringValue()
                        + receipt.path("receipt_id").stringValue(),
                receipt.path("provider").stringValue(),
                java.util.HexFormat.of().formatHex(Identifiers.sha256("ok")),
                "1500000");
        assertThat(proof.path("receipt").valueStream().map(JsonNode::stringValue))
                .containsExactlyElementsOf(bound.stream().map(ZkTest::field).toList());
        assertThat(DevnetTest.verifies(withoutProof(receipt), receipt.path("signature")))
                .isTrue();
        assertThat(client.view("73d3e9b391d74d7580cec8df72c5ea42")
                        .path("payment_status")
                        .stringValue())
                .isEqualTo("released");
        JsonNode again = receiptOf(job("hello"));
        assertThat(again.path("job_id")).isNotEqualTo(receipt.path("job_id"));
    }

    private static String field(String text) {
        return new BigInteger(1, Arrays.copyOf(Identifiers.sha256(text), 16)).toString();
    }

    private static ObjectNode withoutProof(JsonNode receipt) {
        ObjectNode copy = (ObjectNode) receipt.deepCopy();
        copy.remove("zk_proof");
        return copy;
    }

    @Test
    void any_other_job_gets_a_valid_proof_that_is_bound_to_something_else() {
        JsonNode receipt = receiptOf(job("something else"));
        String jobId = receipt.path("job_id").stringValue();
        ObjectNode body = Json.object().put("job_id", jobId);

        assertThat(receipt.path("zk_proof").path("receipt").path(0).stringValue())
                .isEqualTo("1");
        assertThat(client.post("/v1/zk/receipt/verify", body)
                        .json()
                        .path("verified")
                        .booleanValue())
                .isTrue();
        assertThat(client.view(jobId).path("zk_proof_id").stringValue()).isEqualTo(RecordedProofs.CIRCUIT_HASH);
    }

    @Test
    void a_job_without_a_proof_has_none_to_verify() {
        String jobId = client.submit(TestingClient.job(MODEL, "plain"));
        miner.result(jobId, "ok", 5);

        assertThat(client.post("/v1/zk/receipt/verify", Json.object().put("job_id", jobId))
                        .text())
                .contains("No ZK proof stored for this job");
        assertThat(client.post("/v1/zk/receipt/verify", Json.object().put("job_id", "none"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void ten_coins_need_a_proof_without_being_asked() {
        ObjectNode job = TestingClient.paid(TestingClient.job(MODEL, "rich"), "10");

        assertThat(receiptOf(job).path("zk_proof").path("circuit").stringValue())
                .isEqualTo("receipt_public");
    }

    @Test
    void a_disabled_prover_keeps_the_money_in_escrow_and_says_why() {
        DevnetOptions options = DevnetOptions.defaults().withProver(Prover.DISABLED);
        try (Devnet disabled = Devnet.start(options, new TestingEngine(MODEL))) {
            TestingClient other = TestingClient.signIn(disabled, TestingWallet.RECORDED);
            String jobId = other.submit(job("x"));
            JsonNode view = other.await(jobId, "COMPLETED");

            assertThat(view.path("zk_status").stringValue())
                    .startsWith("verification_failed: ZK proof verification is not enabled");
            assertThat(view.path("payment_status").stringValue()).isEqualTo("escrowed");
            assertThat(view.path("error").stringValue()).contains("ZK proof required before escrow release");
        }
    }

    @Test
    void proofs_fail_on_demand() {
        devnet.enable(Quirk.ZK_GENERATION_FAILED, 1);
        assertThat(receiptOf(job("a")).path("zk_status").stringValue()).isEqualTo("generation_failed");
        devnet.enable(Quirk.ZK_VERIFICATION_FAILED, 1);
        assertThat(receiptOf(job("b")).path("zk_status").stringValue()).startsWith("verification_failed: ");
    }

    @Test
    void a_proof_of_a_wrong_computation_is_attached_on_demand() {
        devnet.enable(Quirk.ZK_WRONG_COMPUTATION, 1);
        JsonNode receipt = receiptOf(job("a"));
        ObjectNode body = Json.object().put("job_id", receipt.path("job_id").stringValue());

        assertThat(receipt.path("zk_proof").path("public_signals").path(0).stringValue())
                .isEqualTo("0");
        assertThat(receipt.path("zk_status").stringValue()).isEqualTo("verified");
        assertThat(client.post("/v1/zk/receipt/verify", body)
                        .json()
                        .path("computation_correct")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void an_altered_proof_is_attached_on_demand() {
        devnet.enable(Quirk.ZK_ALTERED_PROOF, 1);
        JsonNode receipt = receiptOf(job("a"));
        ObjectNode body = Json.object().put("job_id", receipt.path("job_id").stringValue());

        assertThat(receipt.path("zk_status").stringValue()).isEqualTo("verified");
        assertThat(client.post("/v1/zk/receipt/verify", body)
                        .json()
                        .path("verified")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void slow_proving_holds_up_every_route_of_the_coordinator() throws Exception {
        String jobId = client.submit(job("slow"));
        devnet.enable(Quirk.SLOW_PROVING);
        CompletableFuture<Integer> result =
                CompletableFuture.supplyAsync(() -> miner.result(jobId, "ok", 5).status(), Thread::startVirtualThread);
        ObjectNode prompt = Json.object().put("model", MODEL).put("prompt", "x");
        // Until the proof is begun requests still get through.
        Awaitility.await().until(() -> {
            CompletableFuture<Integer> probe =
                    CompletableFuture.supplyAsync(() -> client.get("/v1/jobs").status(), Thread::startVirtualThread);
            return !finishes(probe);
        });
        CompletableFuture<Integer> direct = CompletableFuture.supplyAsync(
                () -> client.post("/v1/inference/generate", prompt).status(), Thread::startVirtualThread);
        CompletableFuture<Integer> health = CompletableFuture.supplyAsync(
                () -> client.http.get("/health", java.util.Map.of()).status(), Thread::startVirtualThread);

        assertThat(finishes(direct)).isFalse();
        assertThat(finishes(health)).isFalse();
        assertThat(result).isNotDone();

        devnet.disable(Quirk.SLOW_PROVING);

        assertThat(direct.get(10, TimeUnit.SECONDS)).isEqualTo(200);
        assertThat(health.get(10, TimeUnit.SECONDS)).isEqualTo(200);
        assertThat(result.get(10, TimeUnit.SECONDS)).isEqualTo(200);
    }

    private static boolean finishes(CompletableFuture<Integer> answer) throws Exception {
        try {
            answer.get(200, TimeUnit.MILLISECONDS);
            return true;
        } catch (java.util.concurrent.TimeoutException e) {
            return false;
        }
    }
}
