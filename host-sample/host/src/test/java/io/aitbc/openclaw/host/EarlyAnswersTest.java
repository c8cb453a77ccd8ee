package io.aitbc.openclaw.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.Think;
import io.aitbc.openclaw.engine.EmbeddedEngine;
import io.aitbc.openclaw.engine.EmbeddedEngineOptions;
import io.aitbc.openclaw.host.http.answer.Asked;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlyAnswersTest {
    private static final String MODEL = "wren-tiny";

    @TempDir
    private Path folder;

    private static Asked plain(String model, GenerationOptions options) {
        return Asked.chat(model, options, List.of(ChatMessage.user("Hello")), false, Think.UNSET);
    }

    private static boolean early(EmbeddedEngine engine, Map<String, String> settings, Asked asked) {
        return new EarlyAnswers(HostConfig.read(settings, Map.of(), Optional.empty()), Optional.of(engine)).test(asked);
    }

    @Test
    void what_any_router_would_leave_to_a_small_model_is_answered_early_and_nothing_else() {
        try (EmbeddedEngine engine = EmbeddedEngine.open(EmbeddedEngineOptions.in(folder))) {
            Asked plain = plain(MODEL, GenerationOptions.none());
            assertThat(early(engine, Map.of(), plain)).isTrue();
            for (Object length : List.of(512L, "of a wrong type, which the answer says")) {
                assertThat(early(engine, Map.of(), plain(MODEL, new GenerationOptions(Map.of("num_ctx", length)))))
                        .isTrue();
            }
            assertThat(early(engine, Map.of("plugins.skill-router.offload", "off"), plain))
                    .isTrue();

            assertThat(early(engine, Map.of(), plain("aitbc/" + MODEL, GenerationOptions.none())))
                    .isFalse();
            assertThat(early(engine, Map.of(), Asked.generate(MODEL, GenerationOptions.none(), true, false, Think.OFF)))
                    .as("it sees nothing")
                    .isFalse();
            assertThat(early(
                            engine, Map.of(), Asked.generate(MODEL, GenerationOptions.none(), false, false, Think.LOW)))
                    .as("it does not think")
                    .isFalse();
            for (String rule : List.of("max-local-memory", "memory-headroom")) {
                assertThat(early(engine, Map.of("plugins.skill-router." + rule, "2"), plain))
                        .as(rule)
                        .isFalse();
            }
            assertThat(early(engine, Map.of("proof-chain", "all"), plain)).isFalse();
            assertThat(early(engine, Map.of("ollama", "http://127.0.0.1:1", "embedded-engine", "true"), plain))
                    .isFalse();
        }
    }
}
