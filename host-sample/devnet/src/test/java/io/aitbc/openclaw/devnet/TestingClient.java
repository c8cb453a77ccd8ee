package io.aitbc.openclaw.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A client of a devnet that has signed in. */
final class TestingClient {
    static final String BUYER = "0xe239cdc5fbe977a8a141b72194d3cf8c41bc5bc6";
    static final String PROVIDER = "0x2c581a028cedc657fd1b754ab9de4eaaf9c6ca5d";

    final TestingHttp http;
    final Map<String, String> headers;
    final JsonNode login;

    private TestingClient(TestingHttp http, JsonNode login) {
        this.http = http;
        this.login = login;
        this.headers = Map.of(
                "Authorization",
                "Bearer " + login.path("session_token").stringValue(),
                "Content-Type",
                "application/json");
    }

    static TestingClient signIn(Devnet devnet, TestingWallet wallet) {
        TestingHttp http = new TestingHttp(devnet.coordinatorUrl());
        TestingHttp.Answer answer = login(http, wallet);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return new TestingClient(http, answer.json());
    }

    static TestingHttp.Answer login(TestingHttp http, TestingWallet wallet) {
        String nonce = nonce(http, wallet);
        return login(http, wallet, nonce);
    }

    static String nonce(TestingHttp http, TestingWallet wallet) {
        ObjectNode body = Json.object().put("wallet_address", wallet.address());
        return post(http, "/v1/auth/nonce", body).json().path("nonce").stringValue();
    }

    static TestingHttp.Answer login(TestingHttp http, TestingWallet wallet, String nonce) {
        String message = "Sign this message to log in to AITBC.\nWallet: " + wallet.address() + "\nNonce: " + nonce;
        return post(
                http,
                "/v1/login",
                Json.object()
                        .put("wallet_address", wallet.address())
                        .put("nonce", nonce)
                        .put("signature", wallet.sign(message)));
    }

    private static TestingHttp.Answer post(TestingHttp http, String path, ObjectNode body) {
        return http.send("POST", path, Map.of("Content-Type", "application/json"), WireJson.text(body));
    }

    TestingHttp.Answer get(String path) {
        return http.get(path, headers);
    }

    TestingHttp.Answer post(String path, ObjectNode body) {
        return http.send("POST", path, headers, WireJson.text(body));
    }

    TestingHttp.Answer post(String path) {
        return http.send("POST", path, headers, "");
    }

    static ObjectNode job(String model, String prompt) {
        ObjectNode body = Json.object();
        body.putObject("payload").put("type", "inference").put("model", model).put("prompt", prompt);
        return body;
    }

    static ObjectNode paid(ObjectNode job, String amount) {
        return job.put("payment_amount", amount).put("buyer_address", BUYER).put("provider_address", PROVIDER);
    }

    String submit(ObjectNode job) {
        TestingHttp.Answer answer = post("/v1/jobs", job);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("job_id").stringValue();
    }

    JsonNode view(String jobId) {
        return get("/v1/jobs/" + jobId).json();
    }

    JsonNode await(String jobId, String state) {
        Map<String, JsonNode> last = new HashMap<>();
        Awaitility.await("job " + jobId + " becomes " + state)
                .atMost(java.time.Duration.ofSeconds(10))
                .pollInterval(java.time.Duration.ofMillis(5))
                .until(() -> {
                    last.put("view", view(jobId));
                    return last.get("view").path("state").asString("").equals(state);
                });
        return last.get("view");
    }

    JsonNode resultOf(ObjectNode job) {
        String jobId = submit(job);
        await(jobId, "COMPLETED");
        return get("/v1/jobs/" + jobId + "/result").json();
    }
}
