package io.aitbc.openclaw.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.Embeddings;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.OutputFormat;
import io.aitbc.openclaw.api.inference.Placement;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.api.inference.RouteQuery;
import io.aitbc.openclaw.api.inference.ToolDefinition;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link InferenceProvider} does. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class InferenceProviderContract {
    /** What a provider may lack. One that lacks it refuses it. */
    public enum Behaviour {
        /** {@link InferenceProvider#chat}. */
        CHAT,
        /** {@link InferenceProvider#generate}. */
        GENERATE,
        /** {@link InferenceProvider#embed}. */
        EMBED,
        /** Honours {@code temperature}, {@code seed} and {@code num_predict}. */
        OPTIONS,
        /** Honours a required output format. */
        FORMAT,
        /** Tools may be given to {@link #chatModel()}. */
        TOOLS,
        /** A system message may be given. */
        SYSTEM_MESSAGE
    }

    /** No provider has a model of this name. */
    protected static final String UNKNOWN_MODEL = "no-such-model-0c7d:latest";

    private static final Duration PROMPTLY = Duration.ofSeconds(1);

    private InferenceProvider provider;

    /** A new provider; the contract closes it. */
    protected abstract InferenceProvider createProvider();

    /** A model of the catalogue that completes text. */
    protected abstract String chatModel();

    /** A model of the catalogue that embeds. Needed with {@link Behaviour#EMBED}. */
    protected String embedModel() {
        throw new AssertionError("name a model that embeds, or turn EMBED off");
    }

    /** An answer that takes at least five seconds, or waits for ever, unless it is canceled. */
    protected abstract InferenceStream longAnswer(InferenceProvider from);

    protected boolean has(Behaviour behaviour) {
        return true;
    }

    /** Part of the message with which the provider refuses a behaviour that is off. */
    protected String refusal(Behaviour behaviour) {
        throw new AssertionError("state the message that refuses " + behaviour);
    }

    protected final InferenceProvider provider() {
        return provider;
    }

    @BeforeEach
    void createSubject() {
        provider = createProvider();
    }

    @AfterEach
    void closeSubject() {
        provider.close();
    }

    @Test
    void contract_id_is_a_lower_case_name() {
        assertThat(provider.id()).matches("[a-z][a-z0-9-]*");
    }

    @Test
    void contract_catalogue_rows_are_complete_and_unique() {
        List<ModelDescriptor> catalogue = provider.catalogue();
        assertThat(catalogue).isNotEmpty();
        assertThat(catalogue).extracting(ModelDescriptor::name).doesNotHaveDuplicates();
        assertThat(catalogue).allSatisfy(model -> {
            assertThat(model.name()).as("a name with a tag").matches("[^\\s@]+:[^\\s/:@]+");
            assertThat(model.providerId()).isEqualTo(provider.id());
            assertThat(model.placement()).isEqualTo(provider.placement());
            assertThat(model.capabilities()).isNotEmpty();
            model.digest().ifPresent(digest -> assertThat(digest).matches("[0-9a-f]{64}"));
            model.contextLength().ifPresent(length -> assertThat(length).isPositive());
            model.sizeBytes().ifPresent(size -> assertThat(size).isPositive());
            if (model.placement() == Placement.NETWORK) {
                assertThat(model.name()).as("a name with its network or miner").contains("/");
            } else {
                assertThat(model.offers()).as("nobody sells a local model").isEmpty();
            }
        });
    }

    @Test
    void contract_find_knows_every_row_of_the_catalogue_in_any_letter_case() {
        for (ModelDescriptor model : provider.catalogue()) {
            assertThat(provider.find(model.name())).map(ModelDescriptor::name).contains(model.name());
            assertThat(provider.find(model.name().toUpperCase(Locale.ROOT)))
                    .map(ModelDescriptor::name)
                    .contains(model.name());
            if (model.name().endsWith(":latest")) {
                String bare = model.name().substring(0, model.name().length() - ":latest".length());
                assertThat(provider.find(bare)).map(ModelDescriptor::name).contains(model.name());
            }
        }
    }

    @Test
    void contract_find_knows_nothing_else() {
        for (String name :
                List.of(UNKNOWN_MODEL, "", " ", ":", "/", "@", "a:b:c", "../../etc/passwd", "x".repeat(5000))) {
            assertThat(provider.find(name)).as(name).isEmpty();
        }
    }

    @Test
    void contract_show_tells_about_every_row_and_about_nothing_else() {
        for (ModelDescriptor model : provider.catalogue()) {
            assertThat(provider.show(model.name(), false))
                    .map(details -> details.descriptor().name())
                    .contains(model.name());
        }
        assertThat(provider.show(UNKNOWN_MODEL, false)).isEmpty();
        assertThat(provider.show(UNKNOWN_MODEL, true)).isEmpty();
    }

    @Test
    void contract_chat_ends_with_exactly_one_finished() {
        if (!has(Behaviour.CHAT)) {
            assertRefuses(Behaviour.CHAT, () -> provider.chat(chat(chatModel())));
            return;
        }
        assertWhole(Answers.drain(provider.chat(chat(chatModel()))));
    }

    @Test
    void contract_generate_ends_with_exactly_one_finished() {
        if (!has(Behaviour.GENERATE)) {
            assertRefuses(Behaviour.GENERATE, () -> provider.generate(prompt(chatModel())));
            return;
        }
        assertWhole(Answers.drain(provider.generate(prompt(chatModel()))));
    }

    @Test
    void contract_next_after_the_end_is_a_mistake_of_the_caller() {
        InferenceStream stream = answer();
        Answers.drain(stream);
        assertThatThrownBy(stream::next).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void contract_next_after_a_failure_is_a_mistake_of_the_caller() {
        InferenceStream stream = longAnswer(provider);
        stream.close();
        Failures.assertFails(ErrorCode.CANCELED, stream::next);
        assertThatThrownBy(stream::next).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void contract_close_may_be_called_any_number_of_times() {
        InferenceStream stream = longAnswer(provider);
        stream.close();
        stream.close();
        InferenceStream whole = answer();
        Answers.drain(whole);
        whole.close();
    }

    @Test
    void contract_close_from_another_thread_ends_a_waiting_next_within_a_second() throws Exception {
        InferenceStream stream = longAnswer(provider);
        CountDownLatch reading = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ErrorCode> outcome = executor.submit(() -> readUntilFailure(stream, reading));
            assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
            long start = System.nanoTime();
            stream.close();
            assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(ErrorCode.CANCELED);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMPTLY);
        }
    }

    private static ErrorCode readUntilFailure(InferenceStream stream, CountDownLatch reading) {
        try {
            while (true) {
                reading.countDown();
                if (stream.next() instanceof InferenceEvent.Finished) {
                    throw new AssertionError("the long answer was too short to be canceled");
                }
            }
        } catch (OpenClawException e) {
            return e.code();
        }
    }

    @Test
    void contract_unknown_model_is_not_found() {
        if (has(Behaviour.CHAT)) {
            assertNotFound(() -> Answers.drain(provider.chat(chat(UNKNOWN_MODEL))));
        }
        if (has(Behaviour.GENERATE)) {
            assertNotFound(() -> Answers.drain(provider.generate(prompt(UNKNOWN_MODEL))));
        }
        if (has(Behaviour.EMBED)) {
            assertNotFound(() -> provider.embed(embed(UNKNOWN_MODEL, List.of("a"))));
        }
    }

    @Test
    void contract_answers_run_side_by_side() throws Exception {
        Callable<List<InferenceEvent>> whole = () -> Answers.drain(answer());
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<List<InferenceEvent>> events : executor.invokeAll(Collections.nCopies(4, whole))) {
                assertWhole(events.get());
            }
        }
    }

    @Test
    void contract_canceling_one_answer_leaves_the_others_alone() throws ExecutionException, InterruptedException {
        InferenceStream canceled = longAnswer(provider);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<InferenceEvent>> other = executor.submit(() -> Answers.drain(answer()));
            canceled.close();
            assertWhole(other.get());
        }
    }

    @Test
    void contract_options_are_honoured_or_refused() {
        assumeTrue(has(Behaviour.CHAT));
        GenerationOptions options =
                GenerationOptions.of("num_predict", 2L).with("seed", 1L).with("temperature", 0.0);
        ChatRequest request = chat(chatModel(), InferenceSettings.of(options), List.of());
        if (!has(Behaviour.OPTIONS)) {
            assertRefuses(Behaviour.OPTIONS, () -> provider.chat(request));
            return;
        }
        List<InferenceEvent> first = Answers.drain(provider.chat(request));
        Answers.finished(first)
                .usage()
                .outputTokens()
                .ifPresent(tokens -> assertThat(tokens).isLessThanOrEqualTo(2));
        assertThat(Answers.text(Answers.drain(provider.chat(request))))
                .as("the same seed at temperature 0")
                .isEqualTo(Answers.text(first));
    }

    @Test
    void contract_output_format_is_honoured_or_refused() {
        assumeTrue(has(Behaviour.CHAT));
        InferenceSettings defaults = InferenceSettings.defaults();
        InferenceSettings settings = new InferenceSettings(
                has(Behaviour.OPTIONS) ? GenerationOptions.of("num_predict", 200L) : GenerationOptions.none(),
                Optional.of(new OutputFormat.Schema(
                        "{\"type\":\"object\",\"properties\":{\"ok\":{\"type\":\"boolean\"}},\"required\":[\"ok\"]}")),
                defaults.think(),
                Optional.empty(),
                false,
                0,
                true,
                true);
        ChatRequest request = chat(chatModel(), settings, List.of());
        if (!has(Behaviour.FORMAT)) {
            assertRefuses(Behaviour.FORMAT, () -> provider.chat(request));
            return;
        }
        assertThat(Answers.text(Answers.drain(provider.chat(request))).strip())
                .startsWith("{")
                .endsWith("}");
    }

    @Test
    void contract_tools_are_taken_or_refused() {
        assumeTrue(has(Behaviour.CHAT));
        ToolDefinition tool = new ToolDefinition(
                "now",
                "{\"type\":\"function\",\"function\":{\"name\":\"now\",\"description\":\"The time\","
                        + "\"parameters\":{\"type\":\"object\",\"properties\":{}}}}");
        ChatRequest request = chat(chatModel(), shortAnswer(), List.of(tool));
        if (!has(Behaviour.TOOLS)) {
            assertRefuses(Behaviour.TOOLS, () -> provider.chat(request));
            return;
        }
        assertThat(model(chatModel()).can(Capability.TOOLS)).isTrue();
        Answers.finished(Answers.drain(provider.chat(request)));
    }

    @Test
    void contract_system_message_is_taken_or_refused() {
        assumeTrue(has(Behaviour.CHAT));
        ChatRequest request = new ChatRequest(
                chatModel(),
                List.of(
                        ChatMessage.of(io.aitbc.openclaw.api.inference.Role.SYSTEM, "Be brief."),
                        ChatMessage.user("Say hello.")),
                List.of(),
                shortAnswer(),
                RequestContext.of("contract"));
        if (!has(Behaviour.SYSTEM_MESSAGE)) {
            assertRefuses(Behaviour.SYSTEM_MESSAGE, () -> provider.chat(request));
            return;
        }
        assertWhole(Answers.drain(provider.chat(request)));
    }

    @Test
    void contract_embeddings_are_unit_vectors_in_the_order_of_the_inputs() {
        if (!has(Behaviour.EMBED)) {
            String model = provider.catalogue().getFirst().name();
            OpenClawException failure =
                    Failures.assertFails(ErrorCode.UNSUPPORTED, () -> provider.embed(embed(model, List.of("a"))));
            assertThat(failure).hasMessageContaining(refusal(Behaviour.EMBED));
            return;
        }
        assertThat(model(embedModel()).can(Capability.EMBEDDING)).isTrue();
        Embeddings both = provider.embed(embed(embedModel(), List.of("a blue bird", "stone")));
        assertThat(both.vectors()).hasSize(2);
        for (float[] vector : both.vectors()) {
            double squares = 0;
            for (float value : vector) {
                squares += value * value;
            }
            assertThat(Math.sqrt(squares)).isCloseTo(1.0, within(1e-3));
        }
        Embeddings second = provider.embed(embed(embedModel(), List.of("stone")));
        assertThat(second.vectors().getFirst()).containsExactly(both.vectors().get(1), within(1e-4f));
    }

    @Test
    void contract_a_model_refuses_what_it_cannot_do() {
        for (ModelDescriptor model : provider.catalogue()) {
            if (has(Behaviour.EMBED) && !model.can(Capability.EMBEDDING)) {
                Failures.assertFails(ErrorCode.UNSUPPORTED, () -> provider.embed(embed(model.name(), List.of("a"))));
            }
            if (has(Behaviour.CHAT) && !model.can(Capability.COMPLETION)) {
                Failures.assertFails(ErrorCode.UNSUPPORTED, () -> Answers.drain(provider.chat(chat(model.name()))));
            }
        }
    }

    @Test
    void contract_only_network_providers_cost_something() {
        RouteQuery query = new RouteQuery(
                chatModel(),
                OptionalInt.empty(),
                10,
                OptionalInt.of(16),
                Set.of(),
                Set.of(),
                RequestContext.of("contract"));
        assertThat(provider.quote(query).isPresent()).isEqualTo(provider.placement() == Placement.NETWORK);
    }

    private void assertRefuses(Behaviour behaviour, java.util.function.Supplier<InferenceStream> call) {
        OpenClawException failure = Failures.assertFails(ErrorCode.UNSUPPORTED, () -> Answers.drain(call.get()));
        assertThat(failure).hasMessageContaining(refusal(behaviour));
    }

    private static void assertNotFound(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        Failures.assertFails(ErrorCode.MODEL_NOT_FOUND, call);
    }

    private void assertWhole(List<InferenceEvent> events) {
        InferenceEvent.Finished finished = Answers.finished(events);
        assertThat(events)
                .filteredOn(event -> event instanceof InferenceEvent.Finished)
                .hasSize(1);
        assertThat(Answers.text(events)).as("the text of the answer").isNotEmpty();
        assertThat(events)
                .filteredOn(event -> event instanceof InferenceEvent.Text)
                .noneMatch(event -> event instanceof InferenceEvent.Text text
                        && text.text().isEmpty()
                        && text.logprobs().isEmpty());
        assertThat(finished.job().isPresent()).isEqualTo(provider.placement() == Placement.NETWORK);
        assertThat(finished.route()).as("only a router knows the route").isEmpty();
    }

    private InferenceStream answer() {
        return has(Behaviour.CHAT) ? provider.chat(chat(chatModel())) : provider.generate(prompt(chatModel()));
    }

    private ModelDescriptor model(String name) {
        return provider.find(name).orElseThrow(() -> new AssertionError(name + " is not in the catalogue"));
    }

    private InferenceSettings shortAnswer() {
        return has(Behaviour.OPTIONS)
                ? InferenceSettings.of(GenerationOptions.of("num_predict", 16L))
                : InferenceSettings.defaults();
    }

    private ChatRequest chat(String model) {
        return chat(model, shortAnswer(), List.of());
    }

    private static ChatRequest chat(String model, InferenceSettings settings, List<ToolDefinition> tools) {
        return new ChatRequest(
                model,
                List.of(ChatMessage.user("Tell me about the blue bird.")),
                tools,
                settings,
                RequestContext.of("contract"));
    }

    private GenerateRequest prompt(String model) {
        return GenerateRequest.of(model, "The blue bird", shortAnswer(), RequestContext.of("contract"));
    }

    private static EmbedRequest embed(String model, List<String> inputs) {
        return new EmbedRequest(
                model,
                inputs,
                true,
                OptionalInt.empty(),
                GenerationOptions.none(),
                Optional.empty(),
                RequestContext.of("contract"));
    }
}
