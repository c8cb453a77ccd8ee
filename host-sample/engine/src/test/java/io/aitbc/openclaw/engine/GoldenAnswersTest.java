package io.aitbc.openclaw.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.FinishReason;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.Role;
import io.aitbc.openclaw.api.inference.TokenLogprob;
import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.api.inference.ToolDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a real Ollama answered with the same model (F16 there, Q8_0 here), recorded in golden-responses.json. */
class GoldenAnswersTest {
    private static final String WEATHER = """
            {"type":"function","function":{"name":"get_weather","description":"Get the weather in a city",
             "parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}""";

    private static EmbeddedEngine engine;
    private static JsonNode golden;

    @BeforeAll
    static void open(@TempDir Path directory) throws IOException {
        engine = EmbeddedEngine.open(EmbeddedEngineOptions.in(directory));
        try (InputStream in = GoldenAnswersTest.class.getResourceAsStream("golden-responses.json")) {
            golden = JsonMapper.shared().readTree(Objects.requireNonNull(in));
        }
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void chat_says_what_ollama_said() {
        Asking.Answer answer = Asking.answer(engine.chat(Asking.chat(Asking.settings(Asking.greedy(8)), "Hello")));

        assertThat(answer.text()).isEqualTo(golden.at("/chat/message/content").stringValue());
        assertThat(answer.end().reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(answer.end().usage().promptTokens())
                .hasValue(golden.at("/chat/prompt_eval_count").intValue());
        assertThat(answer.end().usage().outputTokens())
                .hasValue(golden.at("/chat/eval_count").intValue());
    }

    @Test
    void generate_streams_the_pieces_and_returns_the_context_that_ollama_did() {
        Asking.Answer answer =
                Asking.answer(engine.generate(Asking.generate(Asking.settings(Asking.greedy(8)), "Once upon a time")));

        List<String> pieces = new ArrayList<>();
        golden.path("generate_stream")
                .forEach(line -> pieces.add(line.path("response").stringValue()));
        assertThat(answer.pieces()).extracting(piece -> piece.text()).containsExactlyElementsOf(pieces.subList(0, 8));
        List<Integer> context = new ArrayList<>();
        golden.at("/generate/context").forEach(token -> context.add(token.intValue()));
        assertThat(answer.end().contextTokens()).isEqualTo(context);
        assertThat(answer.end().usage().promptTokens())
                .hasValue(golden.at("/generate/prompt_eval_count").intValue());
    }

    @Test
    void calls_the_tool_that_ollama_called() {
        Asking.Answer answer = Asking.answer(engine.chat(Asking.chat(
                Asking.settings(Asking.greedy(100)),
                List.of(new ToolDefinition("get_weather", WEATHER)),
                ChatMessage.user("What is the weather in Paris?"))));

        assertThat(answer.text()).isEmpty();
        assertThat(answer.calls()).hasSize(1);
        assertThat(answer.calls().getFirst().name()).isEqualTo("get_weather");
        assertThat(answer.calls().getFirst().argumentsJson())
                .isEqualTo(golden.at("/tools/message/tool_calls/0/function/arguments")
                        .toString());
        assertThat(answer.end().reason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.end().usage().promptTokens())
                .hasValue(golden.at("/tools/prompt_eval_count").intValue());
    }

    @Test
    void reports_the_log_probabilities_that_ollama_did() {
        InferenceSettings plain = Asking.settings(Asking.greedy(3));
        InferenceSettings settings = new InferenceSettings(
                plain.options(), plain.format(), plain.think(), plain.keepAlive(), true, 1, true, true);

        Asking.Answer answer = Asking.answer(engine.chat(Asking.chat(settings, "Hello")));

        List<TokenLogprob> logprobs = answer.pieces().stream()
                .flatMap(piece -> piece.logprobs().stream())
                .toList();
        assertThat(logprobs).extracting(TokenLogprob::token).containsExactly("Hello", "!", " What");
        assertThat(logprobs.get(0).logprob()).isCloseTo(-0.3365285396575928, within(0.01));
        assertThat(logprobs.get(1).logprob()).isCloseTo(-0.004009406082332134, within(0.01));
        assertThat(logprobs.get(2).logprob()).isCloseTo(-0.5559877157211304, within(0.01));
        assertThat(logprobs.get(0).bytes()).containsExactly(72, 101, 108, 108, 111);
        assertThat(logprobs.get(0).top()).hasSize(1);
    }

    @Test
    void answers_from_a_tool_result_as_ollama_did() {
        ToolCall call = new ToolCall("call_1", "get_weather", "{\"city\":\"Paris\"}");
        ChatMessage calling = new ChatMessage(
                Role.ASSISTANT, "", Optional.empty(), List.of(), List.of(call), Optional.empty(), Optional.empty());
        ChatMessage result = new ChatMessage(
                Role.TOOL,
                "snowy, 21 degrees",
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.of("get_weather"),
                Optional.of("call_1"));

        Asking.Answer answer = Asking.answer(engine.chat(Asking.chat(
                Asking.settings(Asking.greedy(40)),
                List.of(new ToolDefinition("get_weather", WEATHER)),
                ChatMessage.user("What is the weather in Paris?"),
                calling,
                result)));

        assertThat(answer.text()).isEqualTo(golden.at("/tool_result/content").stringValue());
        assertThat(answer.calls()).isEmpty();
    }
}
