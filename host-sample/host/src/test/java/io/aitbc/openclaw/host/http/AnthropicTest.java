package io.aitbc.openclaw.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.FinishReason;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.Role;
import io.aitbc.openclaw.api.inference.ToolCall;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class AnthropicTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String HELLO =
            "\"model\":\"wren\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";

    private final TestingEngine engine = new TestingEngine();
    private final ApiServer server =
            ApiServer.start(ApiServerOptions.defaults().withPort(0), TestingExtensions.of(engine), List::of);
    private final JsonNode golden =
            JSON.readTree(AnthropicTest.class.getResourceAsStream("/ollama/golden-responses.json"));

    @AfterEach
    void stop() {
        server.close();
    }

    private RawClient.Reply post(String body) throws IOException {
        return RawClient.post(server.port(), "/v1/messages", body);
    }

    private static JsonNode without(JsonNode node, String... names) {
        ObjectNode copy = ((ObjectNode) node).deepCopy();
        copy.remove(List.of(names));
        return copy;
    }

    private void answer(FinishReason reason, InferenceEvent... events) {
        engine.answer = prompt -> ScriptedStream.of(events).emit(TestingEngine.finished(reason));
    }

    @Test
    void message_is_that_of_the_recording() throws IOException {
        answer(FinishReason.LENGTH, TestingEngine.text("Hello! What can"), TestingEngine.text(" I do for you"));

        JsonNode message = JSON.readTree(post("{" + HELLO + "}").body());

        JsonNode recorded = golden.get("anthropic");
        assertThat(message.propertyStream().map(Map.Entry::getKey).filter(name -> !name.equals("aitbc_metadata")))
                .containsExactlyElementsOf(
                        recorded.propertyStream().map(Map.Entry::getKey).toList());
        assertThat(without(message, "id", "aitbc_metadata")).isEqualTo(without(recorded, "id"));
        assertThat(message.get("id").asString()).matches("msg_[0-9a-f]{24}");
    }

    @Test
    void events_are_those_of_the_recording() throws IOException {
        answer(
                FinishReason.LENGTH,
                TestingEngine.text("Hello"),
                TestingEngine.text("!"),
                TestingEngine.text(" What"),
                TestingEngine.text(" can"),
                TestingEngine.text(" I"));

        RawClient.Reply reply = post("{" + HELLO + ",\"stream\":true}");

        String recorded = new String(
                AnthropicTest.class
                        .getResourceAsStream("/ollama/golden-errors.txt")
                        .readAllBytes(),
                java.nio.charset.StandardCharsets.UTF_8);
        int start = recorded.indexOf("event: message_start");
        String expected =
                recorded.substring(start, recorded.indexOf("\n\n [200", start)).strip();
        assertThat(reply.header("content-type")).isEqualTo("text/event-stream");
        assertThat(reply.body()
                        .strip()
                        .replaceAll("msg_[0-9a-f]{24}", "msg_66e9de094954e7af43ec5e61")
                        .replaceAll(",\"aitbc_metadata\":\\{.*?}", "")
                        .replace("\"input_tokens\":1,", "\"input_tokens\":2,")
                        .replace("\"output_tokens\":8", "\"output_tokens\":5"))
                .isEqualTo(expected);
    }

    @Test
    void thinking_text_and_calls_are_blocks_one_after_the_other() throws IOException {
        answer(
                FinishReason.STOP,
                new InferenceEvent.Thinking("hm"),
                TestingEngine.text("Hi"),
                new InferenceEvent.ToolCalls(List.of(new ToolCall("t1", "f", "{\"x\":1}"))));

        JsonNode whole = JSON.readTree(post("{" + HELLO + "}").body());
        List<JsonNode> events = post("{" + HELLO + ",\"stream\":true}").lines().stream()
                .filter(line -> line.startsWith("data: "))
                .map(line -> JSON.readTree(line.substring(6)))
                .toList();

        assertThat(whole.get("content").toString())
                .isEqualTo(
                        "[{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"\"},{\"type\":\"text\",\"text\":\"Hi\"},"
                                + "{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"f\",\"input\":{\"x\":1}}]");
        assertThat(whole.get("stop_reason").asString()).isEqualTo("tool_use");
        assertThat(events.stream()
                        .filter(event -> event.get("type").asString().equals("content_block_start"))
                        .map(event -> event.get("index").asInt()
                                + event.at("/content_block/type").asString()))
                .containsExactly("0thinking", "1text", "2tool_use");
    }

    @Test
    void blocks_of_a_request_become_messages() throws IOException {
        post("{\"model\":\"wren\",\"max_tokens\":5,\"system\":[{\"type\":\"text\",\"text\":\"s\"}],\"messages\":["
                + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"look\"},{\"type\":\"image\",\"source\":"
                + "{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"aGVsbG8=\"}}]},"
                + "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{\"a\":1}}]},"
                + "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":["
                + "{\"type\":\"text\",\"text\":\"r\"}]},{\"type\":\"text\",\"text\":\"go on\"}]}],"
                + "\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}}],\"stop_sequences\":[\"END\"]}");

        var request = engine.chats.getFirst();
        assertThat(request.messages().stream().map(ChatMessage::role))
                .containsExactly(Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.TOOL, Role.USER);
        assertThat(request.messages().get(1).images()).containsExactly("aGVsbG8=");
        assertThat(request.messages().get(2).toolCalls()).containsExactly(new ToolCall("t", "f", "{\"a\":1}"));
        assertThat(request.messages().get(3).content()).isEqualTo("r");
        assertThat(request.messages().get(3).toolCallId()).contains("t");
        assertThat(request.tools()).hasSize(1);
        assertThat(request.settings().options().stop()).containsExactly("END");
        assertThat(request.settings().options().numPredict()).hasValue(5);
    }

    @Test
    void errors_are_those_of_the_recording() throws IOException {
        RawClient.Reply absent = post(
                "{\"model\":\"nope-zzz\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}");
        RawClient.Reply noTokens =
                post("{\"model\":\"wren\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}");

        assertThat(absent.status()).isEqualTo(404);
        assertThat(without(JSON.readTree(absent.body()), "request_id"))
                .isEqualTo(without(golden.get("anthropic_404"), "request_id"));
        assertThat(noTokens.status()).isEqualTo(400);
        assertThat(without(JSON.readTree(noTokens.body()), "request_id"))
                .isEqualTo(without(golden.get("anthropic_400"), "request_id"));
    }

    @Test
    void failure_after_the_first_byte_is_an_error_event() throws IOException {
        engine.answer = prompt -> ScriptedStream.of(TestingEngine.text("Hel"))
                .fail(new OpenClawException(ErrorCode.STREAM_CUT, "miner went away"));

        RawClient.Reply reply = post("{" + HELLO + ",\"stream\":true}");

        assertThat(reply.body())
                .endsWith("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\","
                        + "\"message\":\"miner went away\"}}\n\n")
                .doesNotContain("message_stop");
    }

    @Test
    void overload_is_an_overloaded_error() throws IOException {
        engine.answer = prompt -> new ScriptedStream().fail(new OpenClawException(ErrorCode.OVERLOADED, "queue full"));

        RawClient.Reply reply = post("{" + HELLO + "}");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.body()).contains("\"type\":\"overloaded_error\"");
    }
}
