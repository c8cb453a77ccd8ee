package io.aitbc.openclaw.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The levers below /devnet. */
class AdminTest {
    private static final String MODEL = "wren-tiny:latest";
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private final Devnet devnet = Devnet.start(DevnetOptions.defaults(), new TestingEngine(MODEL));
    private final TestingClient client = TestingClient.signIn(devnet, TestingWallet.RECORDED);

    @AfterEach
    void close() {
        devnet.close();
    }

    private TestingHttp.Answer send(String method, String path, String body) {
        return client.http.send(method, path, body.isEmpty() ? Map.of() : JSON, body);
    }

    private JsonNode state() {
        return send("GET", "/devnet/state", "").json();
    }

    @Test
    void the_state_counts_jobs_payments_escrows_and_miners() {
        devnet.enable(Quirk.JOB_NEVER_READY);
        client.submit(TestingClient.paid(TestingClient.job(MODEL, "a"), "1"));
        client.submit(TestingClient.job(MODEL, "b"));

        JsonNode state = state();

        assertThat(state.path("env").stringValue()).isEqualTo("devnet");
        assertThat(state.path("jobs").path("QUEUED").intValue()).isEqualTo(2);
        assertThat(state.path("payments").path("escrowed").intValue()).isEqualTo(1);
        assertThat(state.path("escrows").path("created").intValue()).isEqualTo(1);
        assertThat(state.path("miners").path(0).path("id").stringValue()).isEqualTo(devnet.minerId());
        assertThat(state.path("quirks").path(0).stringValue()).isEqualTo("job-never-ready");
        assertThat(state.path("profile").stringValue()).isEqualTo("current");
    }

    @Test
    void the_clock_is_put_forward_and_everything_expires() {
        devnet.enable(Quirk.JOB_NEVER_READY);
        String jobId = client.submit(TestingClient.job(MODEL, "a"));

        TestingHttp.Answer answer = send("POST", "/devnet/clock", "{\"advance_seconds\":901}");

        assertThat(answer.json().path("ahead_seconds").longValue()).isEqualTo(901);
        assertThat(devnet.clock().ahead()).isEqualTo(Duration.ofSeconds(901));
        assertThat(client.view(jobId).path("state").stringValue()).isEqualTo("EXPIRED");
        assertThat(send("POST", "/devnet/clock", "{\"advance_seconds\":-1}").status())
                .isEqualTo(400);
        send("POST", "/devnet/clock", "{\"advance_seconds\":90000}");
        assertThat(client.get("/v1/jobs").status()).isEqualTo(401);
    }

    @Test
    void miners_come_and_go() {
        String body = "{\"id\":\"m2\",\"models\":[\"%s\"],\"price\":0.5,\"bond\":20,\"public_endpoint\":true}"
                .formatted(MODEL);
        assertThat(send("POST", "/devnet/miners", body).status()).isEqualTo(201);
        assertThat(send("POST", "/devnet/miners", body).status()).isEqualTo(400);
        assertThat(send("POST", "/devnet/miners", "{\"id\":\"no spaces\"}").status())
                .isEqualTo(400);
        JsonNode added =
                send("GET", "/devnet/miners", "").json().path("embedded").path(1);
        assertThat(added.path("id").stringValue()).isEqualTo("m2");
        assertThat(added.path("public_endpoint").stringValue()).startsWith("http://127.0.0.1:");

        assertThat(send("DELETE", "/devnet/miners/" + devnet.minerId(), "").status())
                .isEqualTo(200);
        String rich = client.submit(TestingClient.paid(TestingClient.job(MODEL, "a"), "12"));
        assertThat(client.await(rich, "COMPLETED").path("assigned_miner_id").stringValue())
                .isEqualTo("m2");
        assertThat(send("DELETE", "/devnet/miners/m2", "").status()).isEqualTo(200);
        assertThat(send("DELETE", "/devnet/miners/m2", "").status()).isEqualTo(404);
        assertThat(state().path("miners").size()).isZero();
        assertThat(state().path("offers").intValue()).isZero();
    }

    @Test
    void quirks_can_be_told_how_often_and_switched_off_together() {
        send("PUT", "/devnet/quirks/http-500?times=1", "");
        send("PUT", "/devnet/quirks/payment-skipped", "");
        assertThat(client.get("/v1/jobs").status()).isEqualTo(500);
        assertThat(client.get("/v1/jobs").status()).isEqualTo(200);

        assertThat(send("DELETE", "/devnet/quirks", "").text()).isEqualTo("{\"enabled\":[]}");
        assertThat(send("PUT", "/devnet/quirks/http-500?times=0", "").status()).isEqualTo(400);
        assertThat(send("GET", "/devnet/quirks", "").json().path("known").size())
                .isEqualTo(Quirk.values().length);
    }

    @Test
    void a_reset_forgets_jobs_and_money_and_keeps_miners_and_tokens() {
        client.resultOf(TestingClient.paid(TestingClient.job(MODEL, "a"), "1"));
        send("POST", "/devnet/offers", "{\"offers\":[{\"plugin_id\":\"p\",\"model\":\"m\",\"node_id\":\"n\"}]}");
        devnet.enable(Quirk.PAYMENT_SKIPPED);

        JsonNode state = send("POST", "/devnet/reset", "").json();

        assertThat(state.path("jobs").path("COMPLETED").intValue()).isZero();
        assertThat(state.path("payments").path("released").intValue()).isZero();
        assertThat(state.path("chain_height").intValue()).isZero();
        assertThat(state.path("offers").intValue()).isEqualTo(1);
        assertThat(state.path("quirks").size()).isZero();
        assertThat(client.get("/v1/jobs").json().path("items").size()).isZero();
        assertThat(client.resultOf(TestingClient.job(MODEL, "again"))
                        .path("result")
                        .path("output")
                        .stringValue())
                .contains("again");
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example",
        "Origin, null",
        "Origin, http://127.0.0.1:8203",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Host, evil.example:8203",
        "Host, 127.0.0.1.evil.example"
    })
    void a_web_page_gets_nowhere(String header, String value) {
        Map<String, String> headers = new HashMap<>(JSON);
        headers.put(header, value);

        for (String path : new String[] {"/devnet/reset", "/devnet/clock", "/devnet/miners"}) {
            assertThat(client.http.send("POST", path, headers, "{}").status())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(client.http.get("/devnet/state", headers).status()).isEqualTo(403);
    }

    @Test
    void a_form_gets_nowhere_either() {
        Map<String, String> form = Map.of("Content-Type", "text/plain");

        assertThat(client.http
                        .send("POST", "/devnet/clock", form, "{\"advance_seconds\":9}")
                        .status())
                .isEqualTo(415);
        assertThat(send("GET", "/devnet/nothing", "").status()).isEqualTo(404);
    }
}
