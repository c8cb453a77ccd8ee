package io.aitbc.openclaw.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.inference.FinishReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a real Ollama answered with the same model (F16 there, Q8_0 here), recorded in golden-responses.json. */
class GoldenAnswersTest {
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
}
