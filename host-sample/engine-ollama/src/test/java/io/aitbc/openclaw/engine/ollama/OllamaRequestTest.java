package io.aitbc.openclaw.engine.ollama;

import static io.aitbc.openclaw.engine.ollama.OllamaFixture.MODEL;
import static io.aitbc.openclaw.engine.ollama.OllamaFixture.all;
import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.OutputFormat;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.api.inference.Role;
import io.aitbc.openclaw.api.inference.Think;
import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.api.inference.ToolDefinition;
import io.aitbc.openclaw.testing.ScriptedModel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What goes over the wire is what the request says, and nothing else. */
class OllamaRequestTest {
    private static final String TOOL =
            "{\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"parameters\":{\"type\":\"object\"}}}";

    private OllamaFixture fixture;

    @BeforeEach
    void start() {
        fixture = new OllamaFixture();
        fixture.ollama.add(new ScriptedModel(
                MODEL, List.of("completion", "tools", "insert", "vision", "thinking"), 8192, 1_000_000_000L));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    static EmbedRequest embedRequest(String... texts) {
        return new EmbedRequest(
                OllamaFixture.EMBEDDER,
                List.of(texts),
                true,
                OptionalInt.empty(),
                GenerationOptions.none(),
                Optional.empty(),
                RequestContext.of("r1"));
    }

    private void assertSent(String path, String json) {
        assertThat(fixture.ollama.requests(path).getLast().json())
                .isEqualTo(JsonMapper.shared().readTree(json));
    }

    @Test
    void a_plain_chat_has_no_more_than_it_needs() {
        all(fixture.chat());
        assertSent("/api/chat", """
                {"model":"m:latest","messages":[{"role":"user","content":"Hello"}],"stream":true}""");
    }

    @Test
    void a_chat_passes_every_field_through() {
        ChatMessage assistant = new ChatMessage(
                Role.ASSISTANT,
                "",
                Optional.of("hm"),
                List.of(),
                List.of(new ToolCall("call_1", "get_weather", "{\"city\":\"Oslo\"}"), new ToolCall("", "now", "")),
                Optional.empty(),
                Optional.empty());
        ChatMessage tool = new ChatMessage(
                Role.TOOL,
                "snow",
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.of("get_weather"),
                Optional.of("call_1"));
        ChatMessage user = new ChatMessage(
                Role.USER,
                "What is <that>?",
                Optional.empty(),
                List.of("aGk="),
                List.of(),
                Optional.empty(),
                Optional.empty());
        InferenceSettings settings = new InferenceSettings(
                GenerationOptions.of("temperature", 0.5)
                        .with("num_ctx", 2048L)
                        .with("stop", List.of("a", "b"))
                        .with("use_mmap", true)
                        .with("future_option", "kept"),
                Optional.of(new OutputFormat.Schema("{\"type\":\"object\",\"properties\":{\"b\":{},\"a\":{}}}")),
                Think.HIGH,
                Optional.of(Duration.ofMinutes(10)),
                true,
                3,
                false,
                false);
        all(fixture.engine.chat(new ChatRequest(
                "M",
                List.of(user, assistant, tool),
                List.of(new ToolDefinition("get_weather", TOOL)),
                settings,
                RequestContext.of("r1"))));
        assertSent("/api/chat", """
                {"model":"m:latest","messages":[
                  {"role":"user","content":"What is <that>?","images":["aGk="]},
                  {"role":"assistant","content":"","thinking":"hm","tool_calls":[
                    {"id":"call_1","function":{"index":0,"name":"get_weather","arguments":{"city":"Oslo"}}},
                    {"function":{"index":1,"name":"now","arguments":{}}}]},
                  {"role":"tool","content":"snow","tool_name":"get_weather","tool_call_id":"call_1"}],
                 "tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object"}}}],
                 "stream":true,"format":{"type":"object","properties":{"b":{},"a":{}}},"think":"high","keep_alive":600,
                 "options":{"temperature":0.5,"num_ctx":2048,"stop":["a","b"],"use_mmap":true,"future_option":"kept"},
                 "logprobs":true,"top_logprobs":3,"truncate":false,"shift":false}""");
        assertThat(fixture.ollama.requests("/api/chat").getLast().body())
                .contains("\"properties\":{\"b\":{},\"a\":{}}");
    }

    @Test
    void a_completion_passes_every_field_through() {
        InferenceSettings settings = new InferenceSettings(
                GenerationOptions.none(),
                Optional.of(new OutputFormat.Json()),
                Think.OFF,
                Optional.of(Duration.ofSeconds(-1)),
                false,
                0,
                true,
                true);
        all(fixture.engine.generate(new GenerateRequest(
                MODEL,
                "x",
                Optional.of("y"),
                Optional.of("be brief"),
                Optional.of("{{ .Prompt }}"),
                List.of(1, 2, 3),
                true,
                List.of("aGk="),
                settings,
                RequestContext.of("r1"))));
        assertSent("/api/generate", """
                {"model":"m:latest","prompt":"x","suffix":"y","system":"be brief","template":"{{ .Prompt }}",
                 "context":[1,2,3],"raw":true,"images":["aGk="],"stream":true,"format":"json","think":false,
                 "keep_alive":-1}""");
    }

    @Test
    void thinking_and_keep_alive_have_ollamas_forms() {
        for (var expected : java.util.Map.of(
                        Think.ON, "true", Think.LOW, "\"low\"", Think.MEDIUM, "\"medium\"", Think.MAX, "\"max\"")
                .entrySet()) {
            InferenceSettings settings = new InferenceSettings(
                    GenerationOptions.none(),
                    Optional.empty(),
                    expected.getKey(),
                    Optional.of(Duration.ofMillis(1500)),
                    false,
                    0,
                    true,
                    true);
            all(fixture.engine.chat(OllamaFixture.chatRequest(settings)));
            assertThat(fixture.ollama.requests("/api/chat").getLast().body())
                    .contains("\"think\":" + expected.getValue())
                    .contains("\"keep_alive\":\"1500ms\"");
        }
    }

    @Test
    void an_embedding_passes_every_field_through() {
        fixture.engine.embed(new EmbedRequest(
                "e",
                List.of("a", "b"),
                false,
                OptionalInt.of(2),
                GenerationOptions.of("num_ctx", 512L),
                Optional.of(Duration.ZERO),
                RequestContext.of("r1")));
        assertSent("/api/embed", """
                {"model":"e:latest","input":["a","b"],"truncate":false,"dimensions":2,"keep_alive":0,
                 "options":{"num_ctx":512}}""");
    }

    @Test
    void a_key_goes_with_every_kind_of_call_and_never_into_texts() {
        OllamaEngineOptions options = fixture.options().apiKey("s3cret").build();
        assertThat(options.toString()).doesNotContain("s3cret");
        try (OllamaEngine engine = OllamaEngine.connect(options)) {
            engine.version();
            all(engine.chat(OllamaFixture.chatRequest()));
            engine.embed(embedRequest("x"));
            engine.show(MODEL, false);
            engine.loaded();
            engine.store().orElseThrow().copy(MODEL, "copy");
        }
        assertThat(fixture.ollama.requests())
                .hasSizeGreaterThan(6)
                .allMatch(request -> request.header("Authorization").orElse("").equals("Bearer s3cret"));
    }
}
