package io.aitbc.openclaw.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.api.OpenClawException;
import java.io.EOFException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class QuirkTest {
    private static final String MODEL = "wren-tiny:latest";

    private final TestingClock clock = new TestingClock();
    private final TestingEngine engine = new TestingEngine(MODEL);
    private final Devnet devnet =
            Devnet.start(DevnetOptions.defaults().withClock(clock).withStall(Duration.ofMillis(300)), engine);
    private final TestingClient client = TestingClient.signIn(devnet, TestingWallet.RECORDED);

    @AfterEach
    void close() {
        devnet.close();
    }

    private static ObjectNode job() {
        return TestingClient.job(MODEL, "hello");
    }

    private static ObjectNode unwanted() {
        ObjectNode job = job();
        job.putObject("constraints").putArray("models").add("nobody-has-it:1b");
        return job;
    }

    private String queued() {
        devnet.enable(Quirk.JOB_NEVER_READY);
        return client.submit(job());
    }

    @Test
    void names_are_kebab_case_and_found_again() {
        assertThat(Quirk.LATE_RESULT_AFTER_CANCEL.wireName()).isEqualTo("late-result-after-cancel");
        assertThat(Arrays.stream(Quirk.values()).map(Quirk::wireName).map(Quirk::of))
                .containsExactly(Quirk.values());
        assertThatThrownBy(() -> Quirk.of("no-such"))
                .isInstanceOf(OpenClawException.class)
                .hasMessageContaining("wrong-key");
    }

    @Test
    void every_quirk_stands_in_the_documentation() throws Exception {
        String page = Files.readString(Path.of("../../docs/devnet.md"));

        assertThat(Arrays.stream(Quirk.values()).map(quirk -> "| `" + quirk.wireName() + "` |"))
                .allMatch(page::contains);
    }

    @Test
    void a_quirk_strikes_as_often_as_told() {
        devnet.enable(Quirk.HTTP_500, 2);

        assertThat(client.get("/v1/jobs").status()).isEqualTo(500);
        assertThat(client.get("/v1/jobs").status()).isEqualTo(500);
        assertThat(client.get("/v1/jobs").status()).isEqualTo(200);
        assertThat(devnet.quirks()).isEmpty();
    }

    @Test
    void quirks_are_switched_over_http() {
        assertThat(client.http
                        .send("PUT", "/devnet/quirks/http-503", Map.of(), "")
                        .text())
                .isEqualTo("{\"enabled\":[\"http-503\"]}");
        assertThat(client.get("/v1/jobs").status()).isEqualTo(503);
        client.http.send("DELETE", "/devnet/quirks/http-503", Map.of(), "");
        assertThat(client.get("/v1/jobs").status()).isEqualTo(200);
        assertThat(client.http
                        .send("PUT", "/devnet/quirks/nonsense", Map.of(), "")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void failed_as_completed() {
        devnet.enable(Quirk.FAILED_AS_COMPLETED);
        String jobId = client.submit(TestingClient.paid(job(), "1"));

        JsonNode view = client.await(jobId, "COMPLETED");

        assertThat(view.path("result").path("status").stringValue()).isEqualTo("failed");
        assertThat(view.path("payment_status").stringValue()).isEqualTo("released");
        assertThat(client.get("/v1/jobs/" + jobId + "/receipt").status()).isEqualTo(200);
    }

    @Test
    void model_substituted() {
        devnet.enable(Quirk.MODEL_SUBSTITUTED, 1);

        assertThat(client.resultOf(job()).path("result").path("model").stringValue())
                .isEqualTo("substitute-tiny:latest");
        assertThat(client.resultOf(job()).path("result").path("model").stringValue())
                .isEqualTo(MODEL);
    }

    @Test
    void model_substituted_takes_another_model_where_there_is_one() {
        TestingEngine two = new TestingEngine(MODEL, "other:latest");
        try (Devnet other = Devnet.start(DevnetOptions.defaults().withQuirks(Set.of(Quirk.MODEL_SUBSTITUTED)), two)) {
            JsonNode result = TestingClient.signIn(other, TestingWallet.RECORDED)
                    .resultOf(job())
                    .path("result");

            assertThat(result.path("model").stringValue()).isEqualTo("other:latest");
            assertThat(two.requests.getFirst().model()).isEqualTo("other:latest");
        }
    }

    @Test
    void late_result_after_cancel() {
        devnet.enable(Quirk.LATE_RESULT_AFTER_CANCEL, 1);
        String jobId = queued();
        assertThat(client.post("/v1/jobs/" + jobId + "/cancel")
                        .json()
                        .path("state")
                        .stringValue())
                .isEqualTo("CANCELED");
        devnet.disable(Quirk.JOB_NEVER_READY);

        assertThat(client.await(jobId, "COMPLETED")
                        .path("result")
                        .path("output")
                        .stringValue())
                .contains("hello");
    }

    @Test
    void a_job_canceled_while_it_is_queued_stays_canceled_without_the_quirk() {
        String jobId = queued();
        client.post("/v1/jobs/" + jobId + "/cancel");
        devnet.disable(Quirk.JOB_NEVER_READY);

        client.resultOf(job());

        assertThat(client.view(jobId).path("state").stringValue()).isEqualTo("CANCELED");
    }

    @Test
    void duplicate_result() {
        devnet.enable(Quirk.DUPLICATE_RESULT);
        String jobId = client.submit(job());
        String receipts = "/v1/jobs/" + jobId + "/receipts";

        Awaitility.await().until(() -> client.get(receipts).json().path("items").size() == 2);

        JsonNode items = client.get(receipts).json().path("items");
        assertThat(items.path(0).path("metadata").path("result"))
                .isNotEqualTo(items.path(1).path("metadata").path("result"));
        items.values()
                .forEach(receipt -> assertThat(DevnetTest.verifies(receipt, receipt.path("signature")))
                        .isTrue());
        assertThat(client.get("/v1/jobs/" + jobId + "/receipt").json()).isEqualTo(items.path(1));
    }

    @Test
    void foreign_provider() {
        devnet.enable(Quirk.FOREIGN_PROVIDER);
        String jobId = client.submit(job());

        JsonNode view = client.await(jobId, "COMPLETED");
        JsonNode receipt = client.get("/v1/jobs/" + jobId + "/receipt").json();

        assertThat(view.path("assigned_miner_id").stringValue()).isEqualTo(devnet.minerId());
        assertThat(receipt.path("provider").stringValue()).isNotEqualTo(devnet.minerId());
    }

    @Test
    void job_never_ready() {
        String jobId = queued();
        assertThat(client.view(jobId).path("state").stringValue()).isEqualTo("QUEUED");

        devnet.disable(Quirk.JOB_NEVER_READY);
        client.await(jobId, "COMPLETED");
    }

    @Test
    void miner_hangs() {
        devnet.enable(Quirk.MINER_HANGS);
        String first = client.submit(job());
        String second = client.submit(job());
        client.await(first, "RUNNING");
        clock.advance(Duration.ofMinutes(16));
        assertThat(client.view(first).path("state").stringValue()).isEqualTo("EXPIRED");
        assertThat(client.view(second).path("state").stringValue()).isEqualTo("EXPIRED");

        devnet.disable(Quirk.MINER_HANGS);
        client.await(first, "COMPLETED");
    }

    @Test
    void miner_crashes_midway() {
        devnet.enable(Quirk.MINER_CRASHES_MIDWAY, 1);
        String lost = client.submit(job());
        client.resultOf(job());

        assertThat(client.view(lost).path("state").stringValue()).isEqualTo("RUNNING");
        assertThat(engine.requests).hasSize(2);
    }

    @Test
    void wrong_signature() {
        devnet.enable(Quirk.WRONG_SIGNATURE);
        JsonNode receipt = client.resultOf(job()).path("receipt");

        assertThat(receipt.path("signature").path("key_id").stringValue()).isEqualTo(devnet.receiptKeyId());
        assertThat(DevnetTest.verifies(receipt, receipt.path("signature"))).isFalse();
    }

    @Test
    void wrong_key() {
        devnet.enable(Quirk.WRONG_KEY);
        JsonNode receipt = client.resultOf(job()).path("receipt");

        assertThat(receipt.path("signature").path("key_id").stringValue()).isNotEqualTo(devnet.receiptKeyId());
        assertThat(DevnetTest.verifies(receipt, receipt.path("signature"))).isTrue();
    }

    @Test
    void tampered_zk_status() {
        devnet.enable(Quirk.TAMPERED_ZK_STATUS);
        JsonNode receipt = client.resultOf(job()).path("receipt");

        assertThat(receipt.path("zk_status").stringValue()).isEqualTo("verified");
        assertThat(receipt.has("zk_proof")).isFalse();
        assertThat(DevnetTest.verifies(receipt, receipt.path("signature"))).isTrue();
    }

    @Test
    void no_signing_key() {
        devnet.enable(Quirk.NO_SIGNING_KEY);
        String jobId = client.submit(job());
        client.await(jobId, "COMPLETED");

        assertThat(client.get("/v1/jobs/" + jobId + "/result")
                        .json()
                        .path("receipt")
                        .isNull())
                .isTrue();
        assertThat(client.get("/v1/jobs/" + jobId + "/receipt").status()).isEqualTo(404);
    }

    @Test
    void tampered_result() {
        devnet.enable(Quirk.TAMPERED_RESULT);
        JsonNode answer = client.resultOf(job());
        JsonNode receipt = answer.path("receipt");

        assertThat(answer.path("result")).isNotEqualTo(receipt.path("metadata").path("result"));
        assertThat(DevnetTest.verifies(receipt, receipt.path("signature"))).isTrue();
    }

    @Test
    void replayed_receipt() {
        String first = client.submit(job());
        client.await(first, "COMPLETED");
        devnet.enable(Quirk.REPLAYED_RECEIPT);

        JsonNode receipt = client.resultOf(job()).path("receipt");

        assertThat(receipt.path("job_id").stringValue()).isEqualTo(first);
        assertThat(DevnetTest.verifies(receipt, receipt.path("signature"))).isTrue();
    }

    @Test
    void payment_skipped() {
        devnet.enable(Quirk.PAYMENT_SKIPPED);
        JsonNode view = client.await(client.submit(TestingClient.paid(job(), "1")), "COMPLETED");

        assertThat(view.path("payment_status").stringValue()).isEqualTo("skipped");
        assertThat(view.path("payment_id").isNull()).isTrue();
    }

    @Test
    void payment_pending() {
        devnet.enable(Quirk.PAYMENT_PENDING);
        JsonNode view = client.await(client.submit(TestingClient.paid(job(), "1")), "COMPLETED");

        assertThat(view.path("payment_status").stringValue()).isEqualTo("pending");
        assertThat(view.path("payment_id").isString()).isTrue();
    }

    @Test
    void slow_coordinator() {
        devnet.enable(Quirk.SLOW_COORDINATOR);
        long start = System.nanoTime();

        assertThat(client.get("/v1/jobs").status()).isEqualTo(200);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void http_500_and_503_and_429() {
        devnet.enable(Quirk.HTTP_500, 1);
        TestingHttp.Answer broken = client.get("/v1/jobs");
        assertThat(broken.status()).isEqualTo(500);
        assertThat(broken.json().path("error").path("type").stringValue()).isEqualTo("internal_error");

        devnet.enable(Quirk.HTTP_503, 1);
        TestingHttp.Answer away = client.get("/v1/jobs");
        assertThat(away.status()).isEqualTo(503);
        assertThat(away.header("content-type")).contains("text/html");

        devnet.enable(Quirk.RATE_LIMITED, 1);
        TestingHttp.Answer limited = client.get("/v1/jobs");
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.header("retry-after")).contains("60");
        assertThat(limited.text()).isEqualTo("{\"detail\":\"Rate limit exceeded\"}");
    }

    @Test
    void real_rate_limits() {
        devnet.enable(Quirk.REAL_RATE_LIMITS);
        for (int i = 0; i < 50; i++) {
            assertThat(client.post("/v1/jobs", unwanted()).status()).isEqualTo(201);
        }

        assertThat(client.post("/v1/jobs", unwanted()).status()).isEqualTo(429);
        assertThat(client.get("/v1/jobs").status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(61));
        assertThat(client.post("/v1/jobs", unwanted()).status()).isEqualTo(201);
    }

    @Test
    void connection_reset() {
        devnet.enable(Quirk.CONNECTION_RESET, 1);

        assertThatThrownBy(() -> client.get("/v1/jobs"))
                .hasRootCauseInstanceOf(SocketException.class)
                .hasRootCauseMessage("Connection reset");
        assertThat(client.get("/v1/jobs").status()).isEqualTo(200);
    }

    @Test
    void truncated_body() {
        devnet.enable(Quirk.TRUNCATED_BODY, 1);

        assertThatThrownBy(() -> client.get("/v1/jobs"))
                .hasRootCauseInstanceOf(EOFException.class)
                .rootCause()
                .message()
                .matches("body ends after [1-9]\\d* of \\d+ bytes");
        assertThat(client.get("/v1/jobs").status()).isEqualTo(200);
    }

    @Test
    void malformed_json() {
        devnet.enable(Quirk.MALFORMED_JSON, 1);
        TestingHttp.Answer answer = client.get("/v1/jobs");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).contains("application/json");
        assertThat(Json.parse(answer.body())).isEmpty();
    }

    @Test
    void lost_post() {
        devnet.enable(Quirk.LOST_POST, 1);

        assertThatThrownBy(() -> client.post("/v1/jobs", unwanted())).hasRootCauseInstanceOf(SocketException.class);

        assertThat(client.get("/v1/jobs").json().path("total").intValue()).isEqualTo(1);
    }

    @Test
    void error_after_commit() {
        devnet.enable(Quirk.ERROR_AFTER_COMMIT, 1);

        assertThat(client.post("/v1/jobs", unwanted()).status()).isEqualTo(500);

        assertThat(client.get("/v1/jobs").json().path("total").intValue()).isEqualTo(1);
    }

    @Test
    void login_refused() {
        devnet.enable(Quirk.LOGIN_REFUSED, 1);

        assertThat(TestingClient.login(client.http, TestingWallet.RECORDED).status())
                .isEqualTo(401);
        assertThat(TestingClient.login(client.http, TestingWallet.RECORDED).status())
                .isEqualTo(200);
    }

    @Test
    void expired_token() {
        devnet.enable(Quirk.EXPIRED_TOKEN, 1);
        TestingClient brief = TestingClient.signIn(devnet, TestingWallet.RECORDED);
        clock.advance(Duration.ofSeconds(2));

        assertThat(brief.get("/v1/jobs").status()).isEqualTo(401);
    }

    @Test
    void empty_offers_and_marketplace_down() {
        TestingHttp marketplace = new TestingHttp(devnet.marketplaceUrl());
        devnet.enable(Quirk.EMPTY_OFFERS);
        assertThat(marketplace.get("/v1/marketplace/offer", Map.of()).text()).isEqualTo("{\"offers\":[],\"total\":0}");

        devnet.enable(Quirk.MARKETPLACE_DOWN);
        assertThatThrownBy(() -> marketplace.get("/v1/marketplace/offer", Map.of()))
                .hasRootCauseInstanceOf(SocketException.class);
        assertThat(client.get("/v1/jobs").status()).isEqualTo(200);
    }

    @Test
    void hub_engine_down_and_truncated_stream() {
        ObjectNode body = Json.object().put("model", MODEL).put("prompt", "x");
        devnet.enable(Quirk.HUB_ENGINE_DOWN, 2);
        assertThat(client.post("/v1/inference/generate", body).status()).isEqualTo(503);
        TestingHttp.Answer stream = client.post("/v1/inference/generate/stream", body);
        assertThat(stream.status()).isEqualTo(200);
        assertThat(stream.text()).isEqualTo("data: {\"error\":\"All connection attempts failed\"}\n\n");

        devnet.enable(Quirk.SSE_TRUNCATED, 1);
        assertThat(client.post("/v1/inference/generate/stream", body).text())
                .contains("token")
                .doesNotContain("done");
    }

    @Test
    void a_stream_is_reset_in_its_middle() throws Exception {
        devnet.enable(Quirk.SSE_RESET, 1);
        ObjectNode body = Json.object().put("model", MODEL).put("prompt", "x");

        assertThatThrownBy(() -> client.post("/v1/inference/generate/stream", body))
                .hasRootCauseInstanceOf(SocketException.class)
                .hasRootCauseMessage("Connection reset");
        assertThat(client.post("/v1/inference/generate/stream", body).text()).contains("done");
    }

    @Test
    void as_is_applies_the_real_rate_limits_to_miners_too() {
        devnet.enable(Quirk.AS_IS);
        TestingMiner miner = TestingMiner.of(devnet, "m").register("{}", 1);
        for (int i = 0; i < 100; i++) {
            assertThat(miner.post("poll", "{}").status()).isEqualTo(204);
        }

        assertThat(miner.post("poll", "{}").status()).isEqualTo(429);
        devnet.clock().advance(Duration.ofSeconds(61));
        assertThat(miner.post("poll", "{}").status()).isEqualTo(204);
    }

    @Test
    void results_503_refuses_what_miners_report_and_nothing_else() {
        TestingMiner miner = TestingMiner.of(devnet, "outside").register("{}", 1);
        String jobId = queued();
        devnet.enable(Quirk.RESULTS_503, 2);

        assertThat(miner.poll()).isEqualTo(jobId);
        assertThat(miner.result(jobId, "hi", 5).status()).isEqualTo(503);
        assertThat(miner.post(jobId + "/fail", "{\"error_code\":\"X\",\"error_message\":\"y\"}")
                        .status())
                .isEqualTo(503);
        assertThat(client.await(jobId, "RUNNING").path("state").stringValue()).isEqualTo("RUNNING");
        assertThat(miner.result(jobId, "hi", 5).status()).isEqualTo(200);
        client.await(jobId, "COMPLETED");
    }

    @Test
    void marketplace_limited() {
        devnet.enable(Quirk.MARKETPLACE_LIMITED, 1);

        TestingHttp.Answer answer = new TestingHttp(devnet.marketplaceUrl()).get("/v1/marketplace/offer", Map.of());

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.text()).isEqualTo("{\"error\":\"Marketplace rate limit exceeded\"}");
    }

    @Test
    void ideal_reports_failures_and_refunds() {
        devnet.enable(Quirk.IDEAL);
        engine.failWith("out of memory");
        String jobId = client.submit(TestingClient.paid(job(), "1"));

        JsonNode view = client.await(jobId, "FAILED");

        assertThat(view.path("error").stringValue()).isEqualTo("out of memory");
        assertThat(view.path("payment_status").stringValue()).isEqualTo("refunded");
    }

    @Test
    void ideal_never_substitutes_a_model() {
        devnet.enable(Quirk.IDEAL);

        JsonNode view = client.await(client.submit(TestingClient.job("llama9:70b", "x")), "FAILED");

        assertThat(view.path("error").stringValue()).isEqualTo("model 'llama9:70b' not found");
    }

    @Test
    void ideal_stops_a_canceled_job_and_refuses_results_from_others() {
        devnet.enable(Quirk.IDEAL);
        engine.hold(new CountDownLatch(1));
        String jobId = client.submit(TestingClient.paid(job(), "1"));
        client.await(jobId, "RUNNING");

        JsonNode canceled = client.post("/v1/jobs/" + jobId + "/cancel").json();
        assertThat(canceled.path("payment_status").stringValue()).isEqualTo("refunded");
        Map<String, String> headers =
                Map.of("X-Api-Key", devnet.minerKey(), "X-Miner-ID", "thief", "Content-Type", "application/json");
        String path = "/v1/miners/" + jobId + "/result";
        assertThat(client.http.send("POST", path, headers, "{\"result\":{}}").status())
                .isEqualTo(409);

        engine.hold(new CountDownLatch(0));
        client.resultOf(job());
        assertThat(client.view(jobId).path("state").stringValue()).isEqualTo("CANCELED");
    }
}
