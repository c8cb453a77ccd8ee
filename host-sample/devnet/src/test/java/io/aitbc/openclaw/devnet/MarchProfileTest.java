package io.aitbc.openclaw.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The network software of March 2026. */
class MarchProfileTest {
    private static final String MODEL = "wren-tiny:latest";
    private static final Map<String, String> HEADERS =
            Map.of("X-Api-Key", "anything-goes", "Content-Type", "application/json");

    private final Devnet devnet =
            Devnet.start(DevnetOptions.defaults().withProfile(Profile.MARCH), new TestingEngine(MODEL));
    private final TestingHttp http = new TestingHttp(devnet.coordinatorUrl());

    @AfterEach
    void close() {
        devnet.close();
    }

    private JsonNode submit(ObjectNode job) {
        TestingHttp.Answer answer = http.send("POST", "/v1/jobs", HEADERS, WireJson.text(job));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private JsonNode await(String jobId) {
        String path = "/v1/jobs/" + jobId;
        Awaitility.await()
                .until(() ->
                        http.get(path, HEADERS).json().path("state").asString().equals("COMPLETED"));
        return http.get(path, HEADERS).json();
    }

    @Test
    void a_job_shows_eight_fields_and_times_without_a_zone() {
        JsonNode view = submit(TestingClient.paid(TestingClient.job(MODEL, "hi"), "1"));

        assertThat(view.propertyNames().stream().collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "job_id",
                        "state",
                        "assigned_miner_id",
                        "requested_at",
                        "expires_at",
                        "error",
                        "payment_id",
                        "payment_status");
        assertThat(view.path("requested_at").stringValue())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?");
        assertThat(http.get("/v1/jobs", HEADERS).json().path("items").path(0).propertyNames())
                .hasSize(8);
    }

    @Test
    void the_miner_is_known_by_its_key_and_the_receipt_verifies() {
        String jobId = submit(TestingClient.job(MODEL, "hi")).path("job_id").stringValue();

        assertThat(await(jobId).path("assigned_miner_id").stringValue()).isEqualTo(devnet.minerId());
        JsonNode receipt = http.get("/v1/jobs/" + jobId + "/receipt", HEADERS).json();
        assertThat(receipt.path("client").stringValue()).isEqualTo("anything-goes");
        assertThat(receipt.has("zk_status")).isFalse();
        assertThat(DevnetTest.verifies(receipt, receipt.path("signature"))).isTrue();
    }

    @Test
    void amounts_are_floats_in_pythons_form() {
        ObjectNode job = TestingClient.paid(TestingClient.job(MODEL, "hi"), "1.5");
        String jobId = submit(job).path("job_id").stringValue();

        TestingHttp.Answer payment = http.get("/v1/jobs/" + jobId + "/payment", HEADERS);

        assertThat(payment.text()).contains("\"amount\":1.5,");
        assertThat(payment.json().path("created_at").stringValue()).doesNotContain("Z", "+");
        assertThat(http.get("/v1/exchange/rates", Map.of()).text()).contains("\"btc_to_aitbc\":100000.0", "1e-05");
        assertThat(http.get("/v1/marketplace/stats", Map.of()).text()).contains("\"averagePrice\":0.01");
    }

    @Test
    void there_is_no_login_no_direct_inference_and_no_secret_path() {
        assertThat(http.send("POST", "/v1/auth/nonce", HEADERS, "{}").status()).isEqualTo(404);
        assertThat(http.send("POST", "/v1/inference/generate", HEADERS, "{}").status())
                .isEqualTo(404);
        assertThat(http.get("/v1/nothing", HEADERS).status()).isEqualTo(404);
        assertThat(http.get("/v1/jobs", Map.of("Authorization", "Bearer x")).status())
                .isEqualTo(401);
    }

    @Test
    void jobs_belong_to_the_key() {
        String jobId = submit(TestingClient.job(MODEL, "hi")).path("job_id").stringValue();

        assertThat(http.get("/v1/jobs/" + jobId, Map.of("X-Api-Key", "somebody-else"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void reporting_a_failure_crashes_and_earnings_are_zero() {
        String jobId = submit(TestingClient.job(MODEL, "hi")).path("job_id").stringValue();
        String failure = "{\"error_code\":\"X\",\"error_message\":\"y\",\"metrics\":{}}";
        await(jobId);

        assertThat(http.send("POST", "/v1/miners/" + jobId + "/fail", HEADERS, failure)
                        .status())
                .isEqualTo(500);
        assertThat(http.send("POST", "/v1/miners/" + devnet.minerId() + "/earnings", HEADERS, "")
                        .text())
                .contains("\"total_earnings\":0.0", "\"completed_jobs\":0");
    }

    @Test
    void the_oldest_job_goes_to_whoever_polls_whatever_it_is_worth() {
        devnet.enable(Quirk.JOB_NEVER_READY);
        TestingMiner rich = new TestingMiner(http, "rich", "rich");
        rich.register("{\"models\":[\"%s\"],\"reputation_score\":5}".formatted(MODEL), 1);
        TestingMiner poor = new TestingMiner(http, "poor", "poor");
        poor.register("{\"models\":[\"%s\"],\"reputation_score\":0}".formatted(MODEL), 1);
        String jobId = submit(TestingClient.paid(TestingClient.job(MODEL, "hi"), "50"))
                .path("job_id")
                .stringValue();

        assertThat(poor.poll()).isEqualTo(jobId);
        assertThat(poor.result(jobId, "x", 5).status()).isEqualTo(200);
        assertThat(http.get("/v1/jobs/" + jobId + "/payment", HEADERS).text()).contains("released");
    }

    @Test
    void a_miner_whose_name_is_not_its_key_is_unknown_when_it_polls() {
        TestingMiner odd = new TestingMiner(http, "its-key", "its-name");
        odd.register("{\"models\":[]}", 1);

        assertThat(odd.post("poll", "{}").status()).isEqualTo(500);
    }
}
