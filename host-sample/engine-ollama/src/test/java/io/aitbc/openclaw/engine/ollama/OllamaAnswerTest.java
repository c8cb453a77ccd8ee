package io.aitbc.openclaw.engine.ollama;

import static io.aitbc.openclaw.engine.ollama.OllamaFixture.MODEL;
import static io.aitbc.openclaw.engine.ollama.OllamaFixture.all;
import static io.aitbc.openclaw.engine.ollama.OllamaFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.Embeddings;
import io.aitbc.openclaw.api.inference.FinishReason;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.TokenLogprob;
import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.testing.OllamaLines;
import io.aitbc.openclaw.testing.ScriptedAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers of a real Ollama, recorded, and answers at the edges. */
class OllamaAnswerTest {
    private OllamaFixture fixture;

    @BeforeEach
    void start() {
        fixture = new OllamaFixture();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static JsonNode golden() throws IOException {
        try (InputStream in = OllamaAnswerTest.class.getResourceAsStream("/golden-responses.json")) {
            return JsonMapper.shared().readTree(in);
        }
    }

    private static List<String> lines(JsonNode array, String model) {
        return array.valueStream()
                .map(line -> line.toString().replace("\"model\":\"wren\"", "\"model\":\"" + model + "\""))
                .toList();
    }

    @Test
    void a_recorded_completion_is_whole_with_context_and_usage() throws IOException {
        fixture.ollama.next("/api/generate", ScriptedAnswer.stream(lines(golden().path("generate_stream"), MODEL)));
        List<InferenceEvent> events = all(fixture.engine.generate(OllamaFixture.generateRequest()));
        assertThat(text(events)).isEqualTo("There once was a girl called Maya.");
        InferenceEvent.Finished finished = (InferenceEvent.Finished) events.getLast();
        assertThat(finished.reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(finished.contextTokens()).hasSize(20).startsWith(2041, 320, 10);
        assertThat(finished.usage().promptTokens()).hasValue(13);
        assertThat(finished.usage().outputTokens()).hasValue(8);
        assertThat(finished.usage().total()).contains(Duration.ofNanos(773796732));
        assertThat(finished.usage().load()).contains(Duration.ofNanos(780758));
        assertThat(finished.usage().promptEval()).contains(Duration.ofNanos(398393000));
        assertThat(finished.usage().eval()).contains(Duration.ofNanos(371746000));
    }

    @Test
    void a_recorded_chat_is_whole() throws IOException {
        fixture.ollama.next("/api/chat", ScriptedAnswer.stream(lines(golden().path("chat_stream"), "wren")));
        fixture.ollama.add(io.aitbc.openclaw.testing.ScriptedModel.chat("wren:latest"));
        List<InferenceEvent> events =
                all(fixture.engine.chat(OllamaFixture.chatRequest().withModel("wren")));
        assertThat(events).hasSize(9);
        assertThat(text(events)).isEqualTo("Hello! What can I do for you");
    }

    @Test
    void a_recorded_tool_call_comes_before_the_end() throws IOException {
        fixture.ollama.next("/api/chat", ScriptedAnswer.stream(lines(golden().path("tools_stream"), MODEL)));
        List<InferenceEvent> events = all(fixture.chat());
        assertThat(events).hasSize(2);
        assertThat(events.getFirst())
                .isEqualTo(new InferenceEvent.ToolCalls(List.of(
                        new ToolCall("qdRjwBQiukTSrpGFmWNiFZhY6jCEX4yR", "get_weather", "{\"city\":\"Paris\"}"))));
    }

    @Test
    void a_tool_call_without_an_id_gets_one() {
        String line = OllamaLines.chatToolCall(MODEL, "", "now", "{}").replace("\"id\":\"\",", "");
        fixture.ollama.next("/api/chat", ScriptedAnswer.stream(List.of(line)));
        InferenceEvent.ToolCalls calls =
                (InferenceEvent.ToolCalls) all(fixture.chat()).getFirst();
        assertThat(calls.calls().getFirst().id()).matches("call_[0-9a-f]{8}");
    }

    @Test
    void thinking_and_text_of_one_line_both_arrive_in_order() {
        String line =
                "{\"model\":\"m:latest\",\"message\":{\"content\":\"b\",\"thinking\":\"a\",\"new_field\":[{}]},\"done\":false}";
        fixture.ollama.next("/api/chat", ScriptedAnswer.stream(List.of(line, OllamaLines.chatDone(MODEL, 2))));
        assertThat(all(fixture.chat()))
                .startsWith(new InferenceEvent.Thinking("a"), new InferenceEvent.Text("b"))
                .hasSize(3);
    }

    @Test
    void probabilities_of_half_a_character_travel_with_the_whole_one() throws IOException {
        String logprobs = golden().path("logprobs").toString();
        String half = "{\"model\":\"m\",\"message\":{\"content\":\"\"},\"logprobs\":" + logprobs + ",\"done\":false}";
        String whole = "{\"model\":\"m\",\"message\":{\"content\":\"é\"},\"logprobs\":" + logprobs + ",\"done\":false}";
        fixture.ollama.next("/api/chat", ScriptedAnswer.stream(List.of(half, whole, OllamaLines.chatDone(MODEL, 4))));
        InferenceEvent.Text text = (InferenceEvent.Text) all(fixture.chat()).getFirst();
        assertThat(text.text()).isEqualTo("é");
        assertThat(text.logprobs()).hasSize(4);
        TokenLogprob first = text.logprobs().getFirst();
        assertThat(first.token()).isEqualTo("Hi");
        assertThat(first.bytes()).containsExactly(72, 105);
        assertThat(first.logprob()).isEqualTo(-0.9397836923599243);
        assertThat(first.top()).extracting(TokenLogprob::token).containsExactly("Hi", "Hello");
    }

    @Test
    void probabilities_in_lines_without_text_at_the_end_are_not_lost() throws IOException {
        JsonNode recorded = golden().path("logprobs");
        String text = "{\"model\":\"m\",\"message\":{\"content\":\"Hi\"},\"logprobs\":[%s],\"done\":false}";
        String last = OllamaLines.chatDone(MODEL, 2).replace("\"done\":true", "\"done\":true,\"logprobs\":[%s]");
        fixture.ollama.next(
                "/api/chat",
                ScriptedAnswer.stream(List.of(text.formatted(recorded.path(0)), last.formatted(recorded.path(1)))));

        List<InferenceEvent> events = all(fixture.chat());

        assertThat(events).hasSize(3);
        assertThat(((InferenceEvent.Text) events.get(0)).logprobs())
                .extracting(TokenLogprob::token)
                .containsExactly("Hi");
        InferenceEvent.Text behind = (InferenceEvent.Text) events.get(1);
        assertThat(behind.text()).isEmpty();
        assertThat(behind.logprobs()).extracting(TokenLogprob::token).containsExactly("!");
        assertThat(text(events)).isEqualTo("Hi");
    }

    @Test
    void lines_may_be_split_and_joined_anywhere() {
        List<String> lines = OllamaLines.chat(MODEL, "grün", " 🙂", " \"q\"\\n");
        byte[] bytes = (String.join("\n", lines) + "\r\n\n  \n").getBytes(StandardCharsets.UTF_8);
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            ScriptedAnswer answer = ScriptedAnswer.ndjson();
            int at = 0;
            while (at < bytes.length) {
                int end = Math.min(bytes.length, at + 1 + random.nextInt(60));
                answer = answer.chunk(java.util.Arrays.copyOfRange(bytes, at, end));
                at = end;
            }
            fixture.ollama.next("/api/chat", answer.end());
            assertThat(text(all(fixture.chat()))).as("round %d", round).isEqualTo("grün 🙂 \"q\"\\n");
        }
    }

    @Test
    void damaged_lines_never_give_anything_but_the_known_failures() {
        byte[] line = OllamaLines.chatToolCall(MODEL, "call_1", "now", "{\"a\":[1,{}]}")
                .getBytes(StandardCharsets.UTF_8);
        Random random = new Random(11);
        AnswerLine reader = new AnswerLine();
        List<Throwable> surprises = new ArrayList<>();
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = line.clone();
            for (int i = 0; i <= random.nextInt(3); i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                reader.read(damaged, 0, random.nextInt(damaged.length + 1));
            } catch (JacksonException | IllegalArgumentException e) {
                // The two ways a line may be refused.
            } catch (RuntimeException | Error e) {
                surprises.add(new AssertionError(new String(damaged, StandardCharsets.ISO_8859_1), e));
            }
        }
        assertThat(surprises).isEmpty();
    }

    @Test
    void embeddings_are_read_with_their_counts_and_unknown_fields() {
        fixture.ollama.next(
                "/api/embed",
                ScriptedAnswer.json(
                        200,
                        "{\"model\":\"e\",\"new\":{},\"embeddings\":[[0.6,-0.8,0],[1,0,0]],\"total_duration\":5,\"load_duration\":3,\"prompt_eval_count\":4}"));
        Embeddings embeddings = fixture.engine.embed(OllamaRequestTest.embedRequest("a", "b"));
        assertThat(embeddings.vectors()).hasSize(2);
        assertThat(embeddings.vectors().getFirst()).containsExactly(0.6f, -0.8f, 0f);
        assertThat(embeddings.promptTokens()).isEqualTo(4);
        assertThat(embeddings.total()).isEqualTo(Duration.ofNanos(5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"embeddings\":[[1,0]]} | MALFORMED_ANSWER | 1 vectors for 2 texts",
                "{\"embeddings\":[]} | MALFORMED_ANSWER | 0 vectors for 2 texts",
                "{\"embeddings\":[[1,0],[1]]} | MALFORMED_ANSWER | vectors of different lengths, or of none",
                "{\"embeddings\":[[],[]]} | MALFORMED_ANSWER | vectors of different lengths, or of none",
                "{\"embeddings\":[[1,0],null,[0,1]]} | MALFORMED_ANSWER | something else than a vector",
                "{\"embeddings\":[[1,0],[1,1e99]]} | MALFORMED_ANSWER | a number that is too large",
                "{\"embeddings\":[[1,0],[1 | MALFORMED_ANSWER | embeddings that cannot be read",
                "{\"model\":\"other\",\"embeddings\":[[1,0],[0,1]]} | MODEL_SUBSTITUTED | Ollama answered with other",
            })
    void embeddings_that_are_not_those_asked_for_are_refused(String answer, ErrorCode code, String message) {
        fixture.ollama.next("/api/embed", ScriptedAnswer.json(200, answer));

        OpenClawException failure = catchThrowableOfType(
                OpenClawException.class, () -> fixture.engine.embed(OllamaRequestTest.embedRequest("a", "b")));

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure).hasMessageContaining(message);
    }
}
