package io.aitbc.openclaw.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.Embeddings;
import io.aitbc.openclaw.api.inference.FinishReason;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.ModelDetails;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.api.inference.Role;
import io.aitbc.openclaw.api.inference.Think;
import io.aitbc.openclaw.api.inference.ToolDefinition;
import io.aitbc.openclaw.contract.Failures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedEngineTest {
    private static final String TOO_LONG =
            "the prompt is longer than the context length currently available to the model;"
                    + " shorten the prompt, adjust the context length in settings, or use a model with a longer context length";

    private static EmbeddedEngine engine;

    @BeforeAll
    static void open(@TempDir Path directory) {
        engine = EmbeddedEngine.open(EmbeddedEngineOptions.in(directory));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static InferenceSettings greedy(int tokens) {
        return Asking.settings(Asking.greedy(tokens));
    }

    private static InferenceSettings strict(GenerationOptions options) {
        return new InferenceSettings(options, Optional.empty(), Think.UNSET, Optional.empty(), false, 0, false, false);
    }

    @Test
    void catalogue_describes_the_bundled_models() {
        ModelDescriptor wren = engine.find("Wren-Tiny").orElseThrow();

        assertThat(engine.catalogue())
                .extracting(ModelDescriptor::name)
                .containsExactly("wren-tiny:latest", "wren-tiny-embed:latest");
        assertThat(wren.capabilities()).isEqualTo(Set.of(Capability.COMPLETION, Capability.TOOLS));
        assertThat(wren.contextLength()).hasValue(512);
        assertThat(wren.embeddingLength()).hasValue(192);
        assertThat(wren.parameterSize()).contains("2.83M");
        assertThat(wren.quantization()).contains("Q8_0");
        assertThat(wren.family()).contains("llama");
        assertThat(wren.sizeBytes()).hasValue(3_078_048);
        assertThat(wren.digest()).contains(BundledModel.ALL.getFirst().digest());
        assertThat(engine.find("wren-tiny-embed").orElseThrow().capabilities()).isEqualTo(Set.of(Capability.EMBEDDING));
    }

    @Test
    void show_says_what_the_model_is() {
        ModelDetails details = engine.show("wren-tiny", false).orElseThrow();

        assertThat(details.license().orElseThrow())
                .contains("not a useful assistant")
                .contains("King James");
        assertThat(details.modelfile().orElseThrow()).startsWith("# Modelfile").contains("FROM ");
        assertThat(details.template()).contains("<|im_start|>");
        assertThat(details.info()).containsEntry("llama.block_count", 6L).doesNotContainKey("tokenizer.ggml.tokens");
        assertThat(details.tensors()).hasSize(56);
        assertThat(engine.show("wren-tiny", true).orElseThrow().info()).containsKey("tokenizer.ggml.tokens");
    }

    @Test
    void same_seed_gives_the_same_answer_and_another_one_another() {
        GenerationOptions options = GenerationOptions.of("num_predict", 40L)
                .with("temperature", 1.5)
                .with("seed", 42L);

        String first = Asking.answer(engine.chat(Asking.chat(Asking.settings(options), "Tell me a story.")))
                .text();
        String again = Asking.answer(engine.chat(Asking.chat(Asking.settings(options), "Tell me a story.")))
                .text();
        String other = Asking.answer(
                        engine.chat(Asking.chat(Asking.settings(options.with("seed", 43L)), "Tell me a story.")))
                .text();

        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void stop_text_ends_the_answer_and_is_not_part_of_it() {
        Asking.Answer answer = Asking.answer(engine.chat(Asking.chat(
                Asking.settings(Asking.greedy(20).with("stop", List.of("I do", "zzz"))), "Hello")));

        assertThat(answer.text()).isEqualTo("Hello! What can ");
        assertThat(answer.end().reason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void context_of_an_answer_continues_it() {
        Asking.Answer first = Asking.answer(engine.generate(Asking.generate(greedy(8), "Once upon a time")));
        GenerateRequest second = new GenerateRequest(
                Asking.MODEL,
                "Hello",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                first.end().contextTokens(),
                false,
                List.of(),
                greedy(4),
                RequestContext.of("test"));

        Asking.Answer answer = Asking.answer(engine.generate(second));

        assertThat(answer.end().usage().promptTokens()).hasValue(1 + 20 + 9);
        assertThat(answer.end().contextTokens().subList(0, 20))
                .isEqualTo(first.end().contextTokens());
        assertThat(answer.end().contextTokens()).hasSize(20 + 9 + 4);
    }

    @Test
    void raw_prompt_is_continued_without_a_template() {
        Asking.Answer answer = Asking.answer(engine.generate(Asking.raw(greedy(8), "And it came to pass")));

        assertThat(answer.text()).startsWith(", when the LORD");
        assertThat(answer.end().contextTokens()).isEmpty();
    }

    @Test
    void empty_prompt_only_loads_the_model() {
        Asking.Answer answer = Asking.answer(engine.generate(Asking.generate(greedy(8), "")));

        assertThat(answer.text()).isEmpty();
        assertThat(answer.end().usage().outputTokens()).hasValue(0);
        assertThat(engine.loaded()).extracting(loaded -> loaded.model().name()).contains("wren-tiny:latest");
    }

    @Test
    void prompt_that_does_not_fit_is_refused_with_ollamas_words() {
        OpenClawException failure = Failures.assertFails(
                ErrorCode.CONTEXT_OVERFLOW,
                () -> Asking.answer(
                        engine.generate(Asking.generate(strict(Asking.greedy(20).with("num_ctx", 8L)), "x"))));

        assertThat(failure).hasMessage(TOO_LONG);
    }

    @Test
    void long_conversation_loses_its_oldest_messages_only_when_that_is_allowed() {
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(ChatMessage.of(Role.SYSTEM, "You are Wren."));
        for (int i = 0; i < 60; i++) {
            messages.add(ChatMessage.user("What is 1 plus 2?"));
            messages.add(ChatMessage.of(Role.ASSISTANT, "1 plus 2 is 3."));
        }
        messages.add(ChatMessage.user("Hello"));
        ChatMessage[] all = messages.toArray(ChatMessage[]::new);

        Asking.Answer answer =
                Asking.answer(engine.chat(Asking.chat(Asking.settings(Asking.greedy(5)), List.of(), all)));
        OpenClawException failure = Failures.assertFails(
                ErrorCode.CONTEXT_OVERFLOW,
                () -> Asking.answer(engine.chat(Asking.chat(strict(Asking.greedy(5)), List.of(), all))));

        assertThat(answer.end().usage().promptTokens().getAsInt()).isBetween(450, 511);
        assertThat(failure).hasMessage(TOO_LONG);
    }

    @Test
    void full_context_slides_or_ends_the_answer() {
        String prompt = "And it came to pass";
        GenerationOptions options = Asking.greedy(60).with("num_ctx", 32L);

        Asking.Answer sliding = Asking.answer(engine.generate(Asking.raw(Asking.settings(options), prompt)));
        Asking.Answer fixed = Asking.answer(engine.generate(Asking.raw(strict(options), prompt)));

        assertThat(sliding.end().usage().outputTokens()).hasValue(60);
        assertThat(fixed.end().reason()).isEqualTo(FinishReason.LENGTH);
        int prompted = fixed.end().usage().promptTokens().getAsInt();
        assertThat(fixed.end().usage().outputTokens()).hasValue(32 - prompted + 1);
        assertThat(sliding.text()).startsWith(fixed.text());
    }

    @Test
    void answer_without_a_limit_of_its_own_still_ends() {
        GenerationOptions options =
                GenerationOptions.of("temperature", 0L).with("num_predict", -1L).with("num_ctx", 24L);

        Asking.Answer answer =
                Asking.answer(engine.generate(Asking.raw(Asking.settings(options), "And it came to pass")));

        assertThat(answer.end().usage().outputTokens().getAsInt()).isLessThanOrEqualTo(240);
    }

    /** As Ollama does; the options are of its older versions and of a client's own. */
    @Test
    void options_that_it_does_not_know_are_passed_over() {
        GenerationOptions options = GenerationOptions.of("num_predict", 2L)
                .with("temperature", 0L)
                .with("mirostat", 2L)
                .with("logits_all", true)
                .with("penalize_newline", false)
                .with("tfs_z", 1.0)
                .with("something else", "x");

        assertThat(Asking.answer(engine.chat(Asking.chat(Asking.settings(options), "Hello")))
                        .text())
                .isEqualTo("Hello!");
    }

    @Test
    void what_cannot_be_honoured_is_refused() {
        InferenceSettings plain = greedy(4);
        ChatMessage image = new ChatMessage(
                Role.USER, "x", Optional.empty(), List.of("aGVsbG8="), List.of(), Optional.empty(), Optional.empty());

        assertThat(Failures.assertFails(ErrorCode.UNSUPPORTED, () -> engine.chat(Asking.chat(plain, List.of(), image))))
                .hasMessageContaining("image input is not supported");
        assertThat(Failures.assertFails(
                        ErrorCode.UNSUPPORTED,
                        () -> engine.chat(Asking.chat(
                                new InferenceSettings(
                                        plain.options(),
                                        Optional.empty(),
                                        Think.ON,
                                        Optional.empty(),
                                        false,
                                        0,
                                        true,
                                        true),
                                "Hello"))))
                .hasMessage("\"wren-tiny\" does not support thinking");
        assertThat(Failures.assertFails(
                        ErrorCode.UNSUPPORTED,
                        () -> engine.chat(new ChatRequest(
                                "wren-tiny-embed",
                                List.of(ChatMessage.user("x")),
                                List.of(),
                                plain,
                                RequestContext.of("test")))))
                .hasMessage("\"wren-tiny-embed\" does not support chat");
        Failures.assertFails(
                ErrorCode.INVALID_REQUEST,
                () -> engine.chat(
                        Asking.chat(plain, List.of(new ToolDefinition("f", "no json")), ChatMessage.user("Hello"))));
    }

    @Test
    void unsupported_parts_of_generate_are_refused() {
        GenerateRequest plain = Asking.generate(greedy(4), "x");
        GenerateRequest insert = new GenerateRequest(
                plain.model(),
                "x",
                Optional.of("y"),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false,
                List.of(),
                plain.settings(),
                plain.context());
        GenerateRequest rawWithSystem = new GenerateRequest(
                plain.model(),
                "x",
                Optional.empty(),
                Optional.of("s"),
                Optional.empty(),
                List.of(),
                true,
                List.of(),
                plain.settings(),
                plain.context());
        GenerateRequest strangeContext = new GenerateRequest(
                plain.model(),
                "x",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(5, 70_000),
                false,
                List.of(),
                plain.settings(),
                plain.context());

        assertThat(Failures.assertFails(ErrorCode.UNSUPPORTED, () -> engine.generate(insert)))
                .hasMessage("registry.ollama.ai/library/wren-tiny:latest does not support insert");
        assertThat(Failures.assertFails(ErrorCode.INVALID_REQUEST, () -> engine.generate(rawWithSystem)))
                .hasMessage("raw mode does not support template, system, or context");
        Failures.assertFails(ErrorCode.INVALID_REQUEST, () -> Asking.answer(engine.generate(strangeContext)));
    }

    private static EmbedRequest embed(String model, boolean truncate, OptionalInt dimensions, String... texts) {
        return new EmbedRequest(
                model,
                List.of(texts),
                truncate,
                dimensions,
                GenerationOptions.none(),
                Optional.empty(),
                RequestContext.of("test"));
    }

    @Test
    void embeddings_are_units_of_the_wanted_length_and_near_for_near_texts() {
        Embeddings all = engine.embed(embed(
                "wren-tiny-embed",
                true,
                OptionalInt.empty(),
                "Tell me a story about a fox.",
                "Tell me a story about a dog.",
                "{\"name\": \"add\", \"arguments\": {}}"));
        Embeddings cut = engine.embed(embed("wren-tiny-embed", true, OptionalInt.of(16), "A fox"));

        assertThat(all.vectors()).allMatch(vector -> vector.length == 192);
        assertThat(dot(all.vectors().get(0), all.vectors().get(0))).isCloseTo(1, within(1e-5));
        assertThat(dot(all.vectors().get(0), all.vectors().get(1)))
                .isGreaterThan(dot(all.vectors().get(0), all.vectors().get(2)) + 0.1);
        assertThat(cut.vectors().getFirst()).hasSize(16);
        assertThat(dot(cut.vectors().getFirst(), cut.vectors().getFirst())).isCloseTo(1, within(1e-5));
        assertThat(all.promptTokens()).isGreaterThan(20);
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    @Test
    void too_long_texts_are_cut_or_refused() {
        String text = "word ".repeat(2_000);

        Embeddings cut = engine.embed(embed("wren-tiny-embed", true, OptionalInt.empty(), text));
        OpenClawException failure = Failures.assertFails(
                ErrorCode.CONTEXT_OVERFLOW,
                () -> engine.embed(embed("wren-tiny-embed", false, OptionalInt.empty(), text)));

        assertThat(cut.promptTokens()).isEqualTo(512);
        assertThat(failure).hasMessage("the input length exceeds the context length");
    }

    @Test
    void completion_model_refuses_to_embed_with_ollamas_words() {
        assertThat(Failures.assertFails(
                        ErrorCode.UNSUPPORTED, () -> engine.embed(embed("wren-tiny", true, OptionalInt.empty(), "x"))))
                .hasMessage("This server does not support embeddings. Start it with `--embeddings`");
        Failures.assertFails(
                ErrorCode.INVALID_REQUEST,
                () -> engine.embed(embed("wren-tiny-embed", true, OptionalInt.of(193), "x")));
    }

    @Test
    void memory_need_covers_file_copies_cache_and_buffers() {
        long at512 = engine.memoryNeedBytes("wren-tiny", OptionalInt.of(512)).orElseThrow();
        long at64 = engine.memoryNeedBytes("wren-tiny", OptionalInt.of(64)).orElseThrow();

        assertThat(at512 - at64).isEqualTo((512 - 64) * 2L * 6 * 96 * Float.BYTES);
        assertThat(at512).isBetween(15L << 20, 24L << 20);
        assertThat(engine.memoryNeedBytes("nope", OptionalInt.empty())).isEmpty();
    }
}
