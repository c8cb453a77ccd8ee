package io.aitbc.openclaw.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** A miner that is not embedded: it does what a test tells it. */
record TestingMiner(TestingHttp http, String key, String id) {
    static TestingMiner of(Devnet devnet, String id) {
        return new TestingMiner(new TestingHttp(devnet.coordinatorUrl()), devnet.minerKey(), id);
    }

    TestingHttp.Answer post(String path, String body) {
        Map<String, String> headers = Map.of("X-Api-Key", key, "X-Miner-ID", id, "Content-Type", "application/json");
        return http.send("POST", "/v1/miners/" + path, headers, body);
    }

    /** @param capabilities as a JSON object */
    TestingMiner register(String capabilities, int concurrency) {
        ObjectNode body = Json.object().put("concurrency", concurrency).put("region", "eu");
        body.set(
                "capabilities",
                Json.parse(capabilities.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .orElseThrow());
        TestingHttp.Answer answer = post("register", WireJson.text(body));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return this;
    }

    /** The id of the job it got, or nothing in the form of an empty text. */
    String poll() {
        TestingHttp.Answer answer = post("poll", "{\"max_wait_seconds\":0}");
        return answer.status() == 204 ? "" : answer.json().path("job_id").stringValue();
    }

    TestingHttp.Answer result(String jobId, String output, int millis) {
        return post(
                jobId + "/result",
                "{\"result\":{\"output\":\"%s\",\"execution_time\":1.5},\"metrics\":{\"duration_ms\":%d}}"
                        .formatted(output, millis));
    }
}
