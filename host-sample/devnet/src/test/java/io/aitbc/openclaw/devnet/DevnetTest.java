package io.aitbc.openclaw.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class DevnetTest {
    private static final String MODEL = "wren-tiny:latest";

    private final TestingClock clock = new TestingClock();
    private final TestingEngine engine = new TestingEngine("wren-tiny-embed:latest", MODEL, "other:latest");
    private final Devnet devnet = Devnet.start(DevnetOptions.defaults().withClock(clock), engine);
    private final TestingHttp http = new TestingHttp(devnet.coordinatorUrl());

    @AfterEach
    void close() {
        devnet.close();
    }

    private TestingClient client() {
        return TestingClient.signIn(devnet, TestingWallet.RECORDED);
    }

    @Test
    void a_job_goes_from_submission_to_a_receipt_that_verifies() throws Exception {
        JsonNode answer = client().resultOf(TestingClient.job(MODEL, "hello"));

        JsonNode result = answer.path("result");
        JsonNode receipt = answer.path("receipt");
        assertThat(result.path("output").stringValue()).isEqualTo("wren-tiny:latest says: hello");
        assertThat(result.path("model").stringValue()).isEqualTo(MODEL);
        assertThat(result.path("tokens_processed").intValue()).isEqualTo(3);
        assertThat(receipt.path("provider").stringValue()).isEqualTo(devnet.minerId());
        assertThat(receipt.path("metadata").path("result")).isEqualTo(result);
        assertThat(receipt.path("signature").path("key_id").stringValue()).isEqualTo(devnet.receiptKeyId());
        assertThat(verifies(receipt, receipt.path("signature"))).isTrue();
        JsonNode attestation = receipt.path("attestations").path(0);
        assertThat(attestation.path("key_id").stringValue()).isEqualTo(devnet.attestationKeyId());
        assertThat(verifies(receipt, attestation)).isTrue();
    }

    /** With the JDK's or BouncyCastle's eyes only the public key counts, as for a client. */
    static boolean verifies(JsonNode receipt, JsonNode signature) {
        ObjectNode signed = (ObjectNode) receipt.deepCopy();
        signed.remove(
                List.of("signature", "attestations", "zk_status", "tee_status", "tee_attestation_id", "tee_quote"));
        byte[] text = CanonicalJson.text(signed).getBytes(StandardCharsets.UTF_8);
        byte[] key = Base64.getUrlDecoder().decode(signature.path("key_id").stringValue());
        Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(false, new Ed25519PublicKeyParameters(key));
        verifier.update(text, 0, text.length);
        return verifier.verifySignature(
                Base64.getUrlDecoder().decode(signature.path("sig").stringValue()));
    }

    @Test
    void a_nonce_is_burned_by_a_failed_login() {
        String nonce = TestingClient.nonce(http, TestingWallet.RECORDED);
        TestingWallet thief = new TestingWallet(BigInteger.valueOf(12345));
        ObjectNode forged = Json.object()
                .put("wallet_address", TestingWallet.RECORDED.address())
                .put("nonce", nonce)
                .put("signature", thief.sign("whatever"));
        Map<String, String> json = Map.of("Content-Type", "application/json");

        assertThat(http.send("POST", "/v1/login", json, WireJson.text(forged)).text())
                .contains("Invalid wallet signature");
        TestingHttp.Answer honest = TestingClient.login(http, TestingWallet.RECORDED, nonce);
        assertThat(honest.status()).isEqualTo(401);
        assertThat(honest.text()).contains("Invalid or expired nonce");
    }

    @Test
    void a_nonce_is_good_for_five_minutes() {
        String nonce = TestingClient.nonce(http, TestingWallet.RECORDED);
        clock.advance(Duration.ofSeconds(301));

        assertThat(TestingClient.login(http, TestingWallet.RECORDED, nonce).text())
                .contains("Invalid or expired nonce");
    }

    @Test
    void a_token_is_good_for_a_day() {
        TestingClient client = client();
        clock.advance(Duration.ofHours(23));
        assertThat(client.get("/v1/jobs").status()).isEqualTo(200);

        clock.advance(Duration.ofHours(2));
        TestingHttp.Answer late = client.get("/v1/jobs");
        assertThat(late.status()).isEqualTo(401);
        assertThat(late.header("www-authenticate")).contains("Bearer");
    }

    @Test
    void a_token_with_a_changed_claim_is_refused() {
        String token = client().login.path("session_token").stringValue();
        String[] parts = token.split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replace("\"role\":\"client\"", "\"role\":\"admin\"");
        String forged = parts[0]
                + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + "."
                + parts[2];

        assertThat(http.get("/v1/jobs", Map.of("Authorization", "Bearer " + forged))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void the_job_of_somebody_else_is_not_found() {
        String jobId = client().submit(TestingClient.job(MODEL, "secret"));
        TestingClient stranger = TestingClient.signIn(devnet, new TestingWallet(BigInteger.valueOf(99)));

        assertThat(stranger.get("/v1/jobs/" + jobId).status()).isEqualTo(404);
        assertThat(stranger.get("/v1/jobs/" + jobId + "/result").status()).isEqualTo(404);
        assertThat(stranger.post("/v1/jobs/" + jobId + "/cancel").status()).isEqualTo(404);
        assertThat(stranger.get("/v1/jobs/" + jobId + "/payment").status()).isEqualTo(403);
        assertThat(stranger.get("/v1/jobs/" + jobId + "/receipts").status()).isEqualTo(500);
        assertThat(stranger.get("/v1/jobs").json().path("items").size()).isZero();
    }

    @Test
    void everyone_may_read_prompts_in_the_explorer() {
        client().resultOf(TestingClient.job(MODEL, "my secret"));

        TestingHttp.Answer answer = http.get("/v1/explorer/receipts", Map.of());
        assertThat(answer.text()).contains("my secret");
        assertThat(answer.json().path("items").path(0).path("miner").stringValue())
                .isEqualTo(devnet.minerId());
    }

    @Test
    void a_path_nobody_knows_is_forbidden_rather_than_missing() {
        assertThat(http.get("/v1/nothing/here", Map.of()).status()).isEqualTo(401);
        assertThat(client().get("/v1/nothing/here").status()).isEqualTo(403);
        assertThat(client().post("/v1/payments", Json.object()).status()).isEqualTo(403);
        assertThat(client().get("/v1/admin/stats").status()).isEqualTo(403);
        assertThat(client().get("/v1/services").status()).isEqualTo(501);
    }

    @Test
    void a_running_job_expires_when_somebody_looks_and_not_in_the_list() {
        CountDownLatch latch = new CountDownLatch(1);
        engine.hold(latch);
        TestingClient client = client();
        String jobId = client.submit(TestingClient.job(MODEL, "slow").put("ttl_seconds", 30));
        client.await(jobId, "RUNNING");
        clock.advance(Duration.ofSeconds(31));

        assertThat(client.get("/v1/jobs?limit=1")
                        .json()
                        .path("items")
                        .path(0)
                        .path("state")
                        .stringValue())
                .isEqualTo("RUNNING");
        assertThat(client.view(jobId).path("state").stringValue()).isEqualTo("EXPIRED");
        latch.countDown();
        assertThat(client.await(jobId, "COMPLETED").path("error").isNull()).isTrue();
    }

    @Test
    void a_canceled_job_still_becomes_completed_and_its_money_stays_in_escrow() {
        CountDownLatch latch = new CountDownLatch(1);
        engine.hold(latch);
        TestingClient client = client();
        String jobId = client.submit(TestingClient.paid(TestingClient.job(MODEL, "slow"), "1"));
        client.await(jobId, "RUNNING");

        JsonNode canceled = client.post("/v1/jobs/" + jobId + "/cancel").json();
        assertThat(canceled.path("state").stringValue()).isEqualTo("CANCELED");
        assertThat(canceled.path("payment_status").stringValue()).isEqualTo("escrowed");

        latch.countDown();
        assertThat(client.await(jobId, "COMPLETED").path("payment_status").stringValue())
                .isEqualTo("released");
    }

    @Test
    void the_miner_takes_its_first_model_for_one_it_lacks_and_ignores_options() {
        ObjectNode job = TestingClient.job("llama9:70b", "hi");
        ((ObjectNode) job.path("payload"))
                .put("system", "be rude")
                .putObject("options")
                .put("num_predict", 1);

        JsonNode answer = client().resultOf(job);

        assertThat(answer.path("result").path("model").stringValue()).isEqualTo(MODEL);
        assertThat(engine.requests).hasSize(1);
        assertThat(engine.requests.getFirst().system()).isEmpty();
        assertThat(engine.requests.getFirst().settings().options().values()).isEmpty();
    }

    @Test
    void a_failure_of_the_engine_is_a_completed_job() {
        engine.failWith("out of memory");

        JsonNode answer = client().resultOf(TestingClient.paid(TestingClient.job(MODEL, "hi"), "1"));

        assertThat(answer.path("result"))
                .isEqualTo(Json.object().put("status", "failed").put("error", "out of memory"));
        assertThat(answer.path("receipt").path("status").stringValue()).isEqualTo("COMPLETED");
    }

    @Test
    void a_job_that_takes_too_long_fails_in_its_result() {
        engine.hold(new CountDownLatch(1));
        DevnetOptions options = DevnetOptions.defaults().withJobTimeout(Duration.ofMillis(100));
        try (Devnet impatient = Devnet.start(options, engine)) {
            JsonNode answer =
                    TestingClient.signIn(impatient, TestingWallet.RECORDED).resultOf(TestingClient.job(MODEL, "hi"));

            assertThat(answer.path("result").path("error").stringValue()).contains("did not answer within");
        }
    }

    @Test
    void constraints_keep_a_job_from_the_miner() {
        TestingClient client = client();
        ObjectNode cheap = TestingClient.job(MODEL, "hi");
        cheap.putObject("constraints").put("max_price", "0.001");
        ObjectNode other = TestingClient.job(MODEL, "hi");
        other.putObject("constraints").putArray("models").add("llama3.2:1b");
        String tooCheap = client.submit(cheap);
        String wrongModel = client.submit(other);
        String bonded = client.submit(TestingClient.paid(TestingClient.job(MODEL, "hi"), "10"));

        client.resultOf(TestingClient.job(MODEL, "younger"));

        for (String jobId : List.of(tooCheap, wrongModel, bonded)) {
            assertThat(client.view(jobId).path("state").stringValue()).isEqualTo("QUEUED");
        }
    }

    @Test
    void a_refund_is_asked_for_and_the_job_does_not_tell() {
        TestingClient client = client();
        ObjectNode job = TestingClient.paid(TestingClient.job(MODEL, "hi"), "1");
        job.putObject("constraints").putArray("models").add("nobody-has-it:1b");
        String jobId = client.submit(job);
        client.post("/v1/jobs/" + jobId + "/cancel");
        String paymentId = client.view(jobId).path("payment_id").stringValue();
        ObjectNode body = Json.object().put("job_id", jobId).put("payment_id", paymentId);

        assertThat(client.post("/v1/payments/" + paymentId + "/refund", body).status())
                .isEqualTo(200);

        assertThat(client.get("/v1/payments/" + paymentId).json().path("status").stringValue())
                .isEqualTo("refunded");
        assertThat(client.view(jobId).path("payment_status").stringValue()).isEqualTo("escrowed");
    }

    @Test
    void offers_name_each_model_that_can_answer() {
        TestingHttp marketplace = new TestingHttp(devnet.marketplaceUrl());
        JsonNode list = marketplace
                .get("/v1/marketplace/offer?service_type=ollama", Map.of())
                .json();

        assertThat(list.path("total").intValue()).isEqualTo(2);
        JsonNode offer = list.path("offers").path(0);
        assertThat(offer.path("plugin_id").stringValue()).isEqualTo("ollama-wren-tiny-latest");
        assertThat(offer.path("model").stringValue()).isEqualTo(MODEL);
        assertThat(offer.path("price_unit").stringValue()).isEqualTo("per_1k_tokens");
        assertThat(offer.path("node_id").stringValue()).isEqualTo(devnet.minerId());
        assertThat(offer.path("provider_address").stringValue()).isEqualTo(devnet.minerAddress());
        TestingHttp.Answer one = marketplace.get("/v1/marketplace/offer/ollama-wren-tiny-latest", Map.of());
        assertThat(one.json()).isEqualTo(offer);
        TestingHttp.Answer none = marketplace.get("/v1/marketplace/offer/x", Map.of());
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.text()).isEqualTo("{\"error\":\"Offer not found\"}");
    }

    @Test
    void anyone_may_overwrite_and_delete_an_offer() {
        TestingHttp marketplace = new TestingHttp(devnet.marketplaceUrl());
        Map<String, String> json = Map.of("Content-Type", "application/json");
        String body = "{\"plugin_id\":\"ollama-wren-tiny-latest\",\"service_type\":\"ollama\",\"model\":\"evil:1b\","
                + "\"price\":0.00001,\"endpoint\":\"http://169.254.169.254\"}";

        assertThat(marketplace.send("POST", "/v1/marketplace/offer", json, body).status())
                .isEqualTo(200);
        assertThat(marketplace
                        .get("/v1/marketplace/offer/ollama-wren-tiny-latest", Map.of())
                        .text())
                .contains("evil:1b", "169.254.169.254", "0.00001");
        String path = "/v1/marketplace/offer/ollama-wren-tiny-latest";
        assertThat(marketplace.send("DELETE", path, Map.of(), "").status()).isEqualTo(200);
        assertThat(marketplace.get(path, Map.of()).status()).isEqualTo(404);
    }

    @Test
    void public_pages_say_that_this_is_a_devnet() {
        assertThat(http.get("/health", Map.of()).json().path("env").stringValue())
                .isEqualTo("devnet");
        assertThat(http.get("/v1/marketplace/stats", Map.of())
                        .json()
                        .path("totalOffers")
                        .intValue())
                .isEqualTo(1);
        assertThat(http.get("/v1/marketplace/offers", Map.of()).text()).contains(MODEL);
        assertThat(http.get("/v1/marketplace/gpu/list", Map.of()).json().size()).isZero();
        assertThat(http.get("/v1/marketplace/pricing/H100", Map.of()).text()).contains("No GPUs found for model H100");
        assertThat(http.get("/v1/exchange/rates", Map.of())
                        .json()
                        .path("eth_to_aitbc")
                        .stringValue())
                .isEqualTo("1000");
        assertThat(http.get("/v1/reputation/trust-score/" + devnet.minerId(), Map.of())
                        .json()
                        .path("composite_score")
                        .doubleValue())
                .isEqualTo(500.0);
        assertThat(client().post("/v1/fhe/encrypt", Json.object()).status()).isEqualTo(501);
    }

    @Test
    void every_service_says_that_this_is_a_devnet_and_a_real_chain_is_refused() {
        for (String url : List.of(devnet.coordinatorUrl(), devnet.marketplaceUrl(), devnet.registryUrl())) {
            TestingHttp.Answer health = new TestingHttp(url).get("/health", Map.of());
            assertThat(health.header("server")).as(url).contains("aitbc-devnet");
            assertThat(health.json().path("env").stringValue()).as(url).isEqualTo("devnet");
        }
        TestingHttp.Answer head = new TestingHttp(devnet.chainUrl()).get("/rpc/head", Map.of());
        assertThat(head.header("server")).contains("aitbc-devnet");
        assertThatThrownBy(() -> DevnetOptions.defaults().withChainId("ait-public"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("real network");
    }

    @Test
    void what_a_miner_earned_is_what_was_released() {
        TestingClient client = client();
        client.resultOf(TestingClient.paid(TestingClient.job(MODEL, "hi"), "1.5"));
        Map<String, String> headers = Map.of("X-Api-Key", devnet.minerKey(), "X-Miner-ID", "anyone");

        JsonNode earnings = http.send("POST", "/v1/miners/" + devnet.minerId() + "/earnings", headers, "")
                .json();

        assertThat(earnings.path("total_earnings").doubleValue()).isEqualTo(1.5);
        assertThat(earnings.path("completed_jobs").intValue()).isEqualTo(1);
    }

    @Test
    void a_body_over_the_limit_is_refused() {
        Map<String, String> headers =
                Map.of("Content-Type", "application/json", "Content-Length", Integer.toString(11 * 1024 * 1024));

        TestingHttp.Answer answer = http.get("/v1/marketplace/stats", headers);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.text()).contains("Request entity too large");
    }

    @Test
    void a_scanner_is_turned_away() {
        assertThat(http.get("/health", Map.of("User-Agent", "sqlmap/1.0")).status())
                .isEqualTo(403);
    }

    @Test
    void the_hub_streams_its_own_inference() {
        TestingClient client = client();
        ObjectNode body = Json.object().put("model", MODEL).put("prompt", "a b");

        assertThat(client.post("/v1/inference/generate", body)
                        .json()
                        .path("response")
                        .stringValue())
                .isEqualTo("wren-tiny:latest says: a b");
        TestingHttp.Answer stream = client.post("/v1/inference/generate/stream", body);
        assertThat(stream.header("content-type").orElse("")).startsWith("text/event-stream");
        assertThat(stream.text())
                .isEqualTo("data: {\"token\":\"wren-tiny:latest \"}\n\ndata: {\"token\":\"says: \"}\n\n"
                        + "data: {\"token\":\"a \"}\n\ndata: {\"token\":\"b\"}\n\n"
                        + "data: {\"done\":true,\"context\":[1,2]}\n\n");
        assertThat(client.get("/v1/inference/models").json().path("count").intValue())
                .isEqualTo(3);
        assertThat(client.post("/v1/inference/generate", body.put("max_tokens", 9000))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void the_same_seed_gives_the_same_keys_and_another_one_does_not() {
        DevnetOptions options = DevnetOptions.defaults().withSeed("tests");
        try (Devnet one = Devnet.start(options, engine);
                Devnet two = Devnet.start(options, engine);
                Devnet three = Devnet.start(options.withSeed("others"), engine)) {
            assertThat(one.receiptKeyId()).isEqualTo(two.receiptKeyId()).isNotEqualTo(three.receiptKeyId());
            assertThat(one.minerAddress()).isEqualTo(two.minerAddress()).isNotEqualTo(three.minerAddress());
            assertThat(one.receiptKeyId()).isNotEqualTo(one.attestationKeyId());
        }
    }

    @Test
    void a_port_in_use_is_told() {
        int taken = java.net.URI.create(devnet.coordinatorUrl()).getPort();

        assertThatThrownBy(() -> Devnet.start(DevnetOptions.defaults().withCoordinatorPort(taken), engine))
                .isInstanceOfSatisfying(OpenClawException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
                    assertThat(failure.getMessage()).contains(Integer.toString(taken));
                });
    }

    @Test
    void closing_stops_a_computing_miner_within_a_second() {
        engine.hold(new CountDownLatch(1));
        TestingClient client = client();
        client.await(client.submit(TestingClient.job(MODEL, "hi")), "RUNNING");

        long start = System.nanoTime();
        devnet.close();
        devnet.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThatThrownBy(() -> http.get("/health", Map.of())).hasRootCauseInstanceOf(java.net.ConnectException.class);
    }
}
