package io.aitbc.openclaw.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a client sees while a network job waits for its miner. */
class KeepAliveTest {
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"?\"}]";

    private final TestingEngine engine = new TestingEngine();
    private final ApiServer server = ApiServer.start(
            ApiServerOptions.defaults().withPort(0).withLongestSilence(Duration.ZERO),
            TestingExtensions.of(engine),
            List::of);

    @BeforeEach
    void wait_twice() {
        engine.answer = prompt -> ScriptedStream.of(
                new InferenceEvent.Waiting("QUEUED"),
                new InferenceEvent.Waiting("RUNNING"),
                TestingEngine.text("Hi"),
                TestingEngine.stop());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RawClient.Reply post(String path, String fields) throws IOException {
        return RawClient.post(server.port(), path, "{\"model\":\"wren\"," + fields + "}");
    }

    @Test
    void ollama_clients_get_pieces_without_text() throws IOException {
        List<JsonNode> chat = lines(post("/api/chat", MESSAGES));
        List<JsonNode> generate = lines(post("/api/generate", "\"prompt\":\"?\""));

        assertThat(chat).hasSize(4);
        assertThat(chat.getFirst().get("message").toString()).isEqualTo("{\"role\":\"assistant\",\"content\":\"\"}");
        assertThat(chat.getFirst().get("done").booleanValue()).isFalse();
        assertThat(chat.get(2).get("message").get("content").stringValue()).isEqualTo("Hi");
        assertThat(generate).hasSize(4);
        assertThat(generate.get(1).get("response").stringValue()).isEmpty();
        assertThat(generate.getLast().get("done").booleanValue()).isTrue();
    }

    private static List<JsonNode> lines(RawClient.Reply reply) {
        return reply.lines().stream().map(JsonMapper.shared()::readTree).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/chat/completions | "messages":[{"role":"user","content":"?"}]
            /v1/completions      | "prompt":"?"
            /v1/responses        | "input":"?"
            """)
    void readers_of_events_get_comments(String path, String fields) throws IOException {
        String body = post(path, fields + ",\"stream\":true").body();

        assertThat(body).startsWith(": keep-alive\n\n: keep-alive\n\n").contains("\"Hi\"");
        assertThat(body.split(": keep-alive", -1)).hasSize(3);
    }

    @Test
    void anthropic_clients_get_pings_after_the_start_of_the_message() throws IOException {
        String body = post("/v1/messages", MESSAGES + ",\"max_tokens\":9,\"stream\":true")
                .body();

        assertThat(body).startsWith("event: message_start\n");
        assertThat(body.split("event: ping\ndata: \\{\"type\":\"ping\"}\n\n", -1))
                .hasSize(3);
        assertThat(body.split("event: message_start", -1)).hasSize(2);
        assertThat(body).contains("event: message_stop");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/chat            | "messages":[{"role":"user","content":"?"}]
            /api/generate        | "prompt":"?"
            /v1/chat/completions | "messages":[{"role":"user","content":"?"}]
            /v1/completions      | "prompt":"?"
            /v1/responses        | "input":"?"
            /v1/messages         | "max_tokens":9,"messages":[{"role":"user","content":"?"}]
            """)
    void whole_answers_stay_whole(String path, String fields) throws IOException {
        String body = post(path, fields + ",\"stream\":false").body();

        assertThat(JsonMapper.shared().readTree(body).isObject()).isTrue();
        assertThat(body).contains("Hi").doesNotContain("keep-alive").doesNotContain("ping");
    }

    @Test
    void a_failure_after_a_sign_of_life_is_the_last_line() throws IOException {
        engine.answer = prompt -> ScriptedStream.of(new InferenceEvent.Waiting("QUEUED"))
                .fail(new OpenClawException(ErrorCode.JOB_EXPIRED, "no miner took it"));

        RawClient.Reply reply = post("/api/chat", MESSAGES);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.lines().getLast()).isEqualTo("{\"error\":\"no miner took it\"}");
    }
}
