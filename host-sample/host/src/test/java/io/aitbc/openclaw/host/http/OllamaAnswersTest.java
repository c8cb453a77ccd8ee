package io.aitbc.openclaw.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.FinishReason;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.Think;
import io.aitbc.openclaw.api.inference.TokenLogprob;
import io.aitbc.openclaw.api.inference.ToolCall;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class OllamaAnswersTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final TestingEngine engine = new TestingEngine();
    private ApiServer server;
    private JsonNode golden;

    @BeforeEach
    void start() throws IOException {
        server = ApiServer.start(
                ApiServerOptions.defaults().withPort(0),
                TestingExtensions.of(engine),
                () -> List.of(Map.of("id", "x")));
        try (InputStream in = OllamaAnswersTest.class.getResourceAsStream("/ollama/golden-responses.json")) {
            golden = JSON.readTree(in);
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** The same without the field that names the time, and without ours. */
    private static JsonNode timeless(JsonNode node) {
        ObjectNode copy = ((ObjectNode) node).deepCopy();
        copy.remove("created_at");
        copy.remove("aitbc_metadata");
        return copy;
    }

    private static List<String> names(JsonNode node) {
        return node.propertyStream()
                .map(Map.Entry::getKey)
                .filter(name -> !name.equals("aitbc_metadata"))
                .toList();
    }

    private void answerInEight(FinishReason reason) {
        engine.answer = prompt -> ScriptedStream.of(
                TestingEngine.text("Hello"),
                TestingEngine.text("!"),
                TestingEngine.text(" What"),
                TestingEngine.text(" can"),
                TestingEngine.text(" I"),
                TestingEngine.text(" do"),
                TestingEngine.text(" for"),
                TestingEngine.text(" you"),
                TestingEngine.finished(reason));
    }

    @Test
    void chat_streams_the_lines_of_the_recording() throws IOException {
        answerInEight(FinishReason.LENGTH);

        RawClient.Reply reply =
                post("/api/chat", "{\"model\":\"wren\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("content-type")).isEqualTo("application/x-ndjson");
        assertThat(reply.header("transfer-encoding")).isEqualTo("chunked");
        List<JsonNode> lines = reply.lines().stream().map(JSON::readTree).toList();
        JsonNode recorded = golden.get("chat_stream");
        assertThat(lines).hasSize(recorded.size());
        for (int i = 0; i < lines.size(); i++) {
            assertThat(timeless(lines.get(i))).isEqualTo(timeless(recorded.get(i)));
            assertThat(names(lines.get(i))).isEqualTo(names(recorded.get(i)));
        }
    }

    @Test
    void chat_without_stream_is_the_object_of_the_recording() throws IOException {
        answerInEight(FinishReason.LENGTH);

        RawClient.Reply reply = post(
                "/api/chat",
                "{\"model\":\"wren\",\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}");

        assertThat(reply.header("content-type")).isEqualTo("application/json; charset=utf-8");
        JsonNode answer = JSON.readTree(reply.body());
        assertThat(names(answer)).isEqualTo(names(golden.get("chat")));
        assertThat(answer.get("message")).isEqualTo(golden.get("chat").get("message"));
        assertThat(answer.get("created_at").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z");
    }

    @Test
    void generate_reports_the_context_and_the_metadata_of_the_route() throws IOException {
        engine.answer = prompt -> ScriptedStream.of(
                TestingEngine.text("There"),
                new InferenceEvent.Finished(
                        FinishReason.STOP,
                        TestingEngine.stop().usage(),
                        List.of(2041, 320),
                        java.util.Optional.empty(),
                        java.util.Optional.empty()));

        JsonNode answer = JSON.readTree(post("/api/generate", "{\"model\":\"WREN\",\"prompt\":\"x\",\"stream\":false}")
                .body());

        assertThat(names(answer)).isEqualTo(names(golden.get("generate")));
        assertThat(answer.get("model").asString()).isEqualTo("WREN");
        assertThat(answer.get("context").toString()).isEqualTo("[2041,320]");
        assertThat(answer.get("aitbc_metadata").get("route").asString()).isEqualTo("local");
        assertThat(answer.get("aitbc_metadata").get("provider").asString()).isEqualTo("testing");
    }

    @Test
    void tool_calls_come_whole_with_the_last_line() throws IOException {
        engine.answer = prompt -> ScriptedStream.of(
                new InferenceEvent.ToolCalls(List.of(
                        new ToolCall("qdRjwBQiukTSrpGFmWNiFZhY6jCEX4yR", "get_weather", "{\n\"city\":\"Paris\"}"))),
                TestingEngine.stop());

        RawClient.Reply reply = post(
                "/api/chat",
                "{\"model\":\"wren\",\"messages\":[{\"role\":\"user\",\"content\":\"?\"}],\"tools\":[{\"type\":\"function\","
                        + " \"function\":{\"name\":\"get_weather\",\"parameters\":{}}}]}");

        assertThat(reply.lines()).hasSize(1);
        JsonNode recorded = golden.get("tools_stream").get(0);
        assertThat(JSON.readTree(reply.body()).get("message")).isEqualTo(recorded.get("message"));
        assertThat(engine.chats.getFirst().tools().getFirst().name()).isEqualTo("get_weather");
        assertThat(engine.chats.getFirst().tools().getFirst().json())
                .isEqualTo("{\"type\":\"function\", \"function\":{\"name\":\"get_weather\",\"parameters\":{}}}");
    }

    @Test
    void logprobs_come_with_their_text() throws IOException {
        TokenLogprob top = new TokenLogprob("Hi", -0.5, List.of(72, 105), List.of());
        engine.answer = prompt -> ScriptedStream.of(
                new InferenceEvent.Text("Hi", List.of(new TokenLogprob("Hi", -0.5, List.of(72, 105), List.of(top)))),
                TestingEngine.stop());

        RawClient.Reply reply = post(
                "/api/chat",
                "{\"model\":\"wren\",\"logprobs\":true,\"top_logprobs\":1,\"messages\":[{\"role\":\"user\",\"content\":\"?\"}]}");

        assertThat(reply.lines().getFirst())
                .endsWith("\"done\":false,\"logprobs\":[{\"token\":\"Hi\",\"logprob\":-0.5,\"bytes\":[72,105],"
                        + "\"top_logprobs\":[{\"token\":\"Hi\",\"logprob\":-0.5,\"bytes\":[72,105]}]}]}");
        assertThat(engine.chats.getFirst().settings().topLogprobs()).isEqualTo(1);
    }

    @Test
    void html_characters_are_escaped_as_go_does() throws IOException {
        engine.answer = prompt -> ScriptedStream.of(TestingEngine.text("<b>&\u2028é😀\ud800"), TestingEngine.stop());

        RawClient.Reply reply = post("/api/generate", "{\"model\":\"wren\",\"prompt\":\"x\"}");

        assertThat(reply.lines().getFirst()).contains("\"response\":\"\\u003cb\\u003e\\u0026\\u2028é😀\ufffd\"");
    }

    @Test
    void failure_before_the_first_byte_has_its_status() throws IOException {
        engine.answer = prompt -> new ScriptedStream()
                .fail(new OpenClawException(ErrorCode.BUDGET_EXHAUSTED, "0.9 AIT of 1 AIT are spent"));

        RawClient.Reply reply = post("/api/generate", "{\"model\":\"wren\",\"prompt\":\"x\"}");

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.body()).isEqualTo("{\"error\":\"daily budget exhausted: 0.9 AIT of 1 AIT are spent\"}");
    }

    @Test
    void failure_after_the_first_byte_is_the_last_line() throws IOException {
        engine.answer = prompt -> ScriptedStream.of(TestingEngine.text("Hel"))
                .fail(new OpenClawException(ErrorCode.STREAM_CUT, "miner went away"));

        RawClient.Reply reply = post("/api/generate", "{\"model\":\"wren\",\"prompt\":\"x\"}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.lines()).hasSize(2);
        assertThat(reply.lines().getLast()).isEqualTo("{\"error\":\"miner went away\"}");
        assertThat(reply.body()).doesNotContain("\"done\":true");
    }

    @Test
    void defect_of_a_provider_is_a_500_without_its_details() throws IOException {
        engine.answer = prompt -> new ScriptedStream().fail(new IllegalStateException("secret"));

        RawClient.Reply reply = post("/api/generate", "{\"model\":\"wren\",\"prompt\":\"x\"}");

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).isEqualTo("{\"error\":\"internal error, see the log of the host\"}");
    }

    @Test
    void waiting_sends_nothing() throws IOException {
        engine.answer = prompt -> ScriptedStream.of(
                new InferenceEvent.Waiting("QUEUED"), new InferenceEvent.Waiting("RUNNING"), TestingEngine.stop());

        assertThat(post("/api/generate", "{\"model\":\"wren\",\"prompt\":\"x\"}")
                        .lines())
                .hasSize(1);
    }

    @Test
    void empty_prompt_loads_and_keep_alive_zero_unloads() throws IOException {
        JsonNode load =
                JSON.readTree(post("/api/generate", "{\"model\":\"wren\"}").body());
        JsonNode unload = JSON.readTree(post("/api/generate", "{\"model\":\"wren\",\"keep_alive\":0,\"prompt\":\"\"}")
                .body());
        JsonNode chat = JSON.readTree(
                post("/api/chat", "{\"model\":\"wren\",\"messages\":[]}").body());

        assertThat(timeless(load)).isEqualTo(timeless(golden.get("load")));
        assertThat(timeless(unload)).isEqualTo(timeless(golden.get("unload")));
        assertThat(chat.get("message").toString()).isEqualTo("{\"role\":\"assistant\",\"content\":\"\"}");
        assertThat(engine.loads).containsExactly("wren", "wren");
        assertThat(engine.unloads).containsExactly("wren");
    }

    @Test
    void settings_of_a_request_reach_the_engine() throws IOException {
        post(
                "/api/chat",
                "{\"model\":\"qwen3:8b\",\"messages\":[{\"role\":\"user\",\"content\":\"x\",\"images\":[\"aGVsbG8=\"]},"
                        + "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"c1\",\"function\":{\"name\":\"f\","
                        + "\"arguments\":{\"a\": 1}}}]},{\"role\":\"tool\",\"content\":\"r\",\"tool_name\":\"f\",\"tool_call_id\":\"c1\"}],"
                        + "\"think\":\"low\",\"truncate\":false,\"shift\":false,\"keep_alive\":\"15m\",\"stream\":false,"
                        + "\"format\":{\"type\":\"object\"},\"options\":{\"num_ctx\":32768,\"temperature\":0.2,\"stop\":[\"a\"]}}",
                "X-AITBC-Max-Cost: 0.0101",
                "X-AITBC-Privacy: local-only");

        var request = engine.chats.getFirst();
        assertThat(request.settings().think()).isEqualTo(Think.LOW);
        assertThat(request.settings().truncate()).isFalse();
        assertThat(request.settings().shift()).isFalse();
        assertThat(request.settings().keepAlive()).contains(java.time.Duration.ofMinutes(15));
        assertThat(request.settings().options().numCtx()).hasValue(32768);
        assertThat(new TreeMap<>(request.settings().options().values()).keySet())
                .containsExactly("num_ctx", "stop", "temperature");
        assertThat(request.settings().format())
                .contains(new io.aitbc.openclaw.api.inference.OutputFormat.Schema("{\"type\":\"object\"}"));
        assertThat(request.messages().getFirst().images()).containsExactly("aGVsbG8=");
        assertThat(request.messages().get(1).toolCalls()).containsExactly(new ToolCall("c1", "f", "{\"a\": 1}"));
        assertThat(request.messages().get(2).toolCallId()).contains("c1");
        assertThat(request.context().maxPrice())
                .hasValueSatisfying(price -> assertThat(price).hasToString("0.01 AIT"));
        assertThat(request.context().privacy()).isEqualTo(io.aitbc.openclaw.api.PrivacyClass.LOCAL_ONLY);
    }

    private RawClient.Reply post(String path, String body, String... headers) throws IOException {
        return RawClient.post(server.port(), path, body, headers);
    }
}
