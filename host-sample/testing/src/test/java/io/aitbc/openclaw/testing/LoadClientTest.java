package io.aitbc.openclaw.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadClientTest {
    private static final Duration BRIEF = Duration.ofMillis(200);

    private static String chat(String model, int tokens, boolean stream) {
        return "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":%s,\"options\":{\"num_predict\":%d}}"
                .formatted(model, stream, tokens);
    }

    @Test
    void measures_whole_streams_of_the_asked_length() {
        try (FastUpstream upstream = FastUpstream.start()) {
            URI chat = upstream.url().resolve("/api/chat");
            LoadPlan plan = LoadPlan.of(chat, chat(FastUpstream.MODEL, 32, true), 4, Duration.ZERO, BRIEF);
            LoadResult result = LoadClient.run(plan.withLines(33));
            assertThat(result.firstError()).isEmpty();
            assertThat(result.answers()).isGreaterThan(10);
            assertThat(result.percentileMillis(50)).isBetween(0.0, result.percentileMillis(99));
        }
    }

    @Test
    void unary_answers_of_generate_and_chat_are_single_objects() {
        try (FastUpstream upstream = FastUpstream.start()) {
            for (String path : new String[] {"/api/chat", "/api/generate"}) {
                String body = chat(FastUpstream.MODEL, 8, false);
                LoadPlan plan = LoadPlan.of(upstream.url().resolve(path), body, 1, Duration.ZERO, BRIEF);
                assertThat(LoadClient.run(plan.withLines(1)).firstError()).isEmpty();
            }
        }
    }

    @Test
    void slow_streams_take_their_time() {
        try (FastUpstream upstream = FastUpstream.start()) {
            URI chat = upstream.url().resolve("/api/chat");
            LoadPlan plan = LoadPlan.once(chat, chat(FastUpstream.SLOW_MODEL, 5, true), 50, Duration.ofSeconds(20));
            LoadResult result = LoadClient.run(plan.withLines(6));
            assertThat(result.firstError()).isEmpty();
            assertThat(result.answers()).isEqualTo(50);
            assertThat(result.percentileMillis(0)).isGreaterThan(5 * FastUpstream.SLOW_INTERVAL_MILLIS);
        }
    }

    @Test
    void answers_that_are_cut_or_not_done_are_errors() {
        try (ScriptedOllama ollama = ScriptedOllama.start(ScriptedModel.chat("m:latest"))) {
            URI chat = ollama.url().resolve("/api/chat");
            ollama.next(
                    "/api/chat",
                    ScriptedAnswer.ndjson()
                            .line(OllamaLines.chatText("m", "Hel"))
                            .end());
            ollama.next(
                    "/api/chat",
                    ScriptedAnswer.ndjson()
                            .line(OllamaLines.chatText("m", "Hel"))
                            .close());
            ollama.next("/api/chat", ScriptedAnswer.json(503, OllamaLines.error("busy")));
            LoadPlan plan = LoadPlan.once(chat, chat("m", 1, true), 1, Duration.ofSeconds(20));
            assertThat(LoadClient.run(plan).firstError()).get().asString().contains("does not end with done");
            assertThat(LoadClient.run(plan).firstError()).get().asString().contains("cut");
            assertThat(LoadClient.run(plan).firstError()).get().asString().contains("503");
            assertThat(LoadClient.run(plan).errors()).isZero();
        }
    }

    @Test
    void an_answer_that_never_comes_is_an_error() {
        try (ScriptedOllama ollama = ScriptedOllama.start(ScriptedModel.chat("m:latest"))) {
            ollama.always("/api/chat", ScriptedAnswer.silent().hang());
            URI chat = ollama.url().resolve("/api/chat");
            LoadResult result = LoadClient.run(LoadPlan.once(chat, chat("m", 1, true), 2, BRIEF));
            assertThat(result.errors()).isEqualTo(2);
            assertThat(result.answers()).isZero();
        }
    }
}
