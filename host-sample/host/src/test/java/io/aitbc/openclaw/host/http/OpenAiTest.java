package io.aitbc.openclaw.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.FinishReason;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.OutputFormat;
import io.aitbc.openclaw.api.inference.Role;
import io.aitbc.openclaw.api.inference.ToolCall;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class OpenAiTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String HELLO = "\"model\":\"wren\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";

    private final TestingEngine engine = new TestingEngine();
    private final ApiServer server = ApiServer.start(
            ApiServerOptions.defaults().withPort(0), TestingExtensions.of(engine, new TestingNetwork()), List::of);
    private final JsonNode golden =
            JSON.readTree(OpenAiTest.class.getResourceAsStream("/ollama/golden-responses.json"));

    @AfterEach
    void stop() {
        server.close();
    }

    private RawClient.Reply post(String path, String body) throws IOException {
        return RawClient.post(server.port(), path, body);
    }

    private static JsonNode without(JsonNode node, String... names) {
        ObjectNode copy = ((ObjectNode) node).deepCopy();
        copy.remove(List.of(names));
        return copy;
    }

    private static List<String> names(JsonNode node) {
        return node.propertyStream()
                .map(Map.Entry::getKey)
                .filter(name -> !name.equals("aitbc_metadata"))
                .toList();
    }

    private static List<String> data(RawClient.Reply reply) {
        return reply.lines().stream()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring(6))
                .toList();
    }

    private void answer(FinishReason reason, InferenceEvent... events) {
        engine.answer = prompt -> {
            ScriptedStream stream = ScriptedStream.of(events);
            return stream.emit(TestingEngine.finished(reason));
        };
    }

    @Test
    void chat_completion_is_that_of_the_recording() throws IOException {
        answer(FinishReason.LENGTH, TestingEngine.text("Hello! What can"), TestingEngine.text(" I do for you"));

        RawClient.Reply reply = post("/v1/chat/completions", "{" + HELLO + "}");

        assertThat(reply.header("content-type")).isEqualTo("application/json");
        JsonNode completion = JSON.readTree(reply.body());
        assertThat(names(completion)).isEqualTo(names(golden.get("v1_chat")));
        assertThat(without(completion, "id", "created", "aitbc_metadata"))
                .isEqualTo(without(golden.get("v1_chat"), "id", "created"));
        assertThat(completion.get("id").asString()).startsWith("chatcmpl-");
        assertThat(engine.chats.getFirst().settings().options().temperature()).hasValue(1.0);
        assertThat(engine.chats.getFirst().settings().options().topP()).hasValue(1.0);
    }

    @Test
    void chat_completion_chunks_are_those_of_the_recording() throws IOException {
        answer(FinishReason.LENGTH, TestingEngine.text("Hello"), TestingEngine.text("!"));

        RawClient.Reply reply = post("/v1/chat/completions", "{" + HELLO + ",\"stream\":true}");

        assertThat(reply.header("content-type")).isEqualTo("text/event-stream");
        List<String> data = data(reply);
        assertThat(data).hasSize(4);
        JsonNode recorded = golden.get("v1_chat_stream");
        assertThat(without(JSON.readTree(data.get(0)), "id", "created"))
                .isEqualTo(without(recorded.get(0), "id", "created"));
        assertThat(JSON.readTree(data.get(1)).at("/choices/0/delta").toString()).isEqualTo("{\"content\":\"!\"}");
        assertThat(without(JSON.readTree(data.get(2)), "id", "created", "aitbc_metadata"))
                .isEqualTo(without(recorded.get(1), "id", "created"));
        assertThat(data.get(3)).isEqualTo("[DONE]");
    }

    @Test
    void usage_comes_in_a_chunk_of_its_own_when_asked_for() throws IOException {
        List<String> data = data(post(
                "/v1/chat/completions", "{" + HELLO + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}"));

        JsonNode usage = JSON.readTree(data.get(data.size() - 2));
        assertThat(usage.get("choices")).isEmpty();
        assertThat(usage.get("usage").toString())
                .isEqualTo("{\"prompt_tokens\":10,\"completion_tokens\":8,\"total_tokens\":18}");
        assertThat(usage.has("aitbc_metadata")).isTrue();
    }

    @Test
    void tool_calls_are_those_of_the_recording() throws IOException {
        answer(
                FinishReason.STOP,
                new InferenceEvent.ToolCalls(List.of(
                        new ToolCall("8fcDsdgpZuNwyoMzUcnYYjGrzjB4C4Qb", "get_weather", "{\"city\":\"Paris\"}"))));

        JsonNode whole =
                JSON.readTree(post("/v1/chat/completions", "{" + HELLO + "}").body());
        List<String> chunks = data(post("/v1/chat/completions", "{" + HELLO + ",\"stream\":true}"));

        assertThat(whole.at("/choices/0")).isEqualTo(golden.get("v1_tools"));
        assertThat(JSON.readTree(chunks.get(0)).at("/choices/0/delta"))
                .isEqualTo(golden.get("v1_tools").get("message"));
        assertThat(JSON.readTree(chunks.get(1)).at("/choices/0/finish_reason").asString())
                .isEqualTo("tool_calls");
    }

    @Test
    void parts_tools_and_formats_reach_the_engine() throws IOException {
        post(
                "/v1/chat/completions",
                "{\"model\":\"wren\",\"messages\":[{\"role\":\"developer\",\"content\":\"d\"},{\"role\":\"user\",\"content\":["
                        + "{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"},"
                        + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,aGVsbG8=\"}}]},"
                        + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":1}\"}}]},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"r\"}],"
                        + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"max_completion_tokens\":2048,"
                        + "\"stop\":\"END\",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\","
                        + "\"schema\":{\"type\":\"object\"}}}}");

        var request = engine.chats.getFirst();
        assertThat(request.messages().stream().map(ChatMessage::role))
                .containsExactly(Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.TOOL);
        assertThat(request.messages().get(1).content()).isEqualTo("ab");
        assertThat(request.messages().get(1).images()).containsExactly("aGVsbG8=");
        assertThat(request.messages().get(2).toolCalls()).containsExactly(new ToolCall("c", "f", "{\"x\":1}"));
        assertThat(request.messages().get(3).toolCallId()).contains("c");
        assertThat(request.tools()).hasSize(1);
        assertThat(request.settings().options().numPredict()).hasValue(2048);
        assertThat(request.settings().options().stop()).containsExactly("END");
        assertThat(request.settings().format()).contains(new OutputFormat.Schema("{\"type\":\"object\"}"));
    }

    @Test
    void tool_choice_none_offers_no_tools() throws IOException {
        post(
                "/v1/chat/completions",
                "{" + HELLO + ",\"tools\":[{\"function\":{\"name\":\"f\"}}],\"tool_choice\":\"none\"}");

        assertThat(engine.chats.getFirst().tools()).isEmpty();
    }

    @Test
    void errors_are_those_of_the_recording() throws IOException {
        RawClient.Reply empty = post("/v1/chat/completions", "{\"model\":\"wren\",\"messages\":[]}");
        RawClient.Reply absent = RawClient.get(server.port(), "/v1/models/nope-zzz");

        assertThat(empty.status()).isEqualTo(400);
        assertThat(JSON.readTree(empty.body())).isEqualTo(golden.get("v1_400"));
        assertThat(absent.status()).isEqualTo(404);
        assertThat(JSON.readTree(absent.body())).isEqualTo(golden.get("v1_error"));
    }

    @Test
    void failure_after_the_first_byte_is_an_error_event_and_no_end() throws IOException {
        engine.answer = prompt -> ScriptedStream.of(TestingEngine.text("Hel"))
                .fail(new OpenClawException(ErrorCode.STREAM_CUT, "miner went away"));

        RawClient.Reply reply = post("/v1/chat/completions", "{" + HELLO + ",\"stream\":true}");

        List<String> data = data(reply);
        assertThat(JSON.readTree(data.getLast()).at("/error/message").asString())
                .isEqualTo("miner went away");
        assertThat(reply.body()).doesNotContain("[DONE]").doesNotContain("\"finish_reason\":\"");
    }

    @Test
    void budget_failure_before_the_first_byte_is_a_429() throws IOException {
        engine.answer = prompt -> new ScriptedStream().fail(new OpenClawException(ErrorCode.BUDGET_EXHAUSTED, "spent"));

        RawClient.Reply reply = post("/v1/chat/completions", "{" + HELLO + ",\"stream\":true}");

        assertThat(reply.status()).isEqualTo(429);
        assertThat(JSON.readTree(reply.body()).at("/error/message").asString())
                .isEqualTo("daily budget exhausted: spent");
    }

    @Test
    void completion_chunks_are_those_of_the_recording() throws IOException {
        answer(FinishReason.LENGTH, TestingEngine.text("Hello"), TestingEngine.text("!"));

        RawClient.Reply reply = post("/v1/completions", "{\"model\":\"wren\",\"prompt\":\"Hello\",\"stream\":true}");

        List<String> data = data(reply);
        assertThat(data.get(0)
                        .replaceAll("cmpl-\\d+", "cmpl-634")
                        .replaceAll("\"created\":\\d+", "\"created\":1795351220"))
                .isEqualTo("{\"id\":\"cmpl-634\",\"object\":\"text_completion\",\"created\":1795351220,\"choices\":"
                        + "[{\"text\":\"Hello\",\"index\":0,\"finish_reason\":null}],\"model\":\"wren\","
                        + "\"system_fingerprint\":\"fp_ollama\"}");
        assertThat(data.get(2)).contains("[{\"text\":\"\",\"index\":0,\"finish_reason\":\"length\"}]");
        assertThat(data.get(3)).isEqualTo("[DONE]");
    }

    @Test
    void completion_without_stream_is_one_object() throws IOException {
        JsonNode whole =
                JSON.readTree(post("/v1/completions", "{\"model\":\"wren\",\"prompt\":\"Hello\",\"max_tokens\":3}")
                        .body());

        assertThat(whole.at("/choices/0/text").asString()).isEqualTo("Hello!");
        assertThat(whole.at("/usage/total_tokens").asInt()).isEqualTo(18);
        assertThat(engine.generates.getFirst().settings().options().numPredict())
                .hasValue(3);
    }

    @Test
    void models_are_listed_with_their_owner() throws IOException {
        JsonNode list = JSON.readTree(RawClient.get(server.port(), "/v1/models").body());
        JsonNode network = JSON.readTree(
                RawClient.get(server.port(), "/v1/models/aitbc/llama3:70b").body());

        assertThat(names(list.get("data").get(0))).isEqualTo(names(golden.get("v1_models")));
        assertThat(list.get("data").get(0).get("owned_by").asString()).isEqualTo("library");
        assertThat(network.get("id").asString()).isEqualTo("aitbc/llama3:70b");
        assertThat(network.get("owned_by").asString()).isEqualTo("aitbc");
    }

    @Test
    void embeddings_come_as_numbers_or_base64() throws IOException {
        JsonNode numbers = JSON.readTree(post("/v1/embeddings", "{\"model\":\"wren-embed\",\"input\":[\"a\",\"b\"]}")
                .body());
        JsonNode base64 = JSON.readTree(
                post("/v1/embeddings", "{\"model\":\"wren-embed\",\"input\":\"a\",\"encoding_format\":\"base64\"}")
                        .body());

        assertThat(numbers.at("/data/1/embedding").toString()).isEqualTo("[0.6,0.8]");
        assertThat(numbers.at("/data/1/index").asInt()).isEqualTo(1);
        assertThat(base64.at("/data/0/embedding").asString()).isEqualTo("mpkZP83MTD8=");
    }

    @Test
    void response_has_the_fields_of_the_recording() throws IOException {
        answer(FinishReason.STOP, TestingEngine.text("Hi! How can"), TestingEngine.text(" I help you?"));

        JsonNode response =
                JSON.readTree(post("/v1/responses", "{\"model\":\"wren\",\"input\":\"Hello\",\"max_output_tokens\":8}")
                        .body());

        JsonNode recorded = golden.get("v1_responses");
        assertThat(names(response)).isEqualTo(names(recorded));
        assertThat(without(
                        response,
                        "id",
                        "created_at",
                        "completed_at",
                        "output",
                        "aitbc_metadata",
                        "temperature",
                        "top_p"))
                .isEqualTo(without(recorded, "id", "created_at", "completed_at", "output", "temperature", "top_p"));
        assertThat(without(response.at("/output/0"), "id")).isEqualTo(without(recorded.at("/output/0"), "id"));
    }

    @Test
    void response_grows_in_events_that_are_numbered() throws IOException {
        answer(
                FinishReason.STOP,
                new InferenceEvent.Thinking("hm"),
                TestingEngine.text("Hi"),
                new InferenceEvent.ToolCalls(List.of(new ToolCall("c1", "f", "{\"x\":1}"))));

        RawClient.Reply reply = post(
                "/v1/responses",
                "{\"model\":\"wren\",\"stream\":true,\"instructions\":\"be brief\",\"input\":[{\"role\":\"user\",\"content\":"
                        + "[{\"type\":\"input_text\",\"text\":\"Hello\"}]},{\"type\":\"function_call\",\"call_id\":\"c0\","
                        + "\"name\":\"f\",\"arguments\":\"{}\"},{\"type\":\"function_call_output\",\"call_id\":\"c0\",\"output\":\"r\"}],"
                        + "\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}]}");

        List<JsonNode> events = data(reply).stream().map(JSON::readTree).toList();
        assertThat(events.stream().map(event -> event.get("type").asString()))
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.reasoning_summary_text.delta",
                        "response.reasoning_summary_text.done",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.done",
                        "response.output_item.done",
                        "response.completed");
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).get("sequence_number").asInt()).isEqualTo(i);
        }
        assertThat(events.getLast().at("/response/output")).hasSize(3);
        var request = engine.chats.getFirst();
        assertThat(request.messages().stream().map(ChatMessage::role))
                .containsExactly(Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.TOOL);
        assertThat(request.tools().getFirst().json())
                .isEqualTo("{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"\","
                        + "\"parameters\":{\"type\":\"object\"}}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"previous_response_id\":\"resp_1\" | previous_response_id is not supported",
                "\"conversation\":{\"id\":\"conv_1\"} | conversation is not supported",
                "\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_file\",\"file_id\":\"f\"}]}] | unsupported content type: input_file",
            })
    void response_is_refused_where_a_part_of_the_question_would_be_missing(String field, String error)
            throws IOException {
        RawClient.Reply reply = RawClient.post(
                server.port(), "/v1/responses", "{\"model\":\"wren\",\"input\":\"and then?\"," + field + "}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(JSON.readTree(reply.body()).at("/error/message").asString()).startsWith(error);
        assertThat(engine.chats).isEmpty();
    }
}
