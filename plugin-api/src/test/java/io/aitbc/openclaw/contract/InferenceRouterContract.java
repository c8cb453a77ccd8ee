package io.aitbc.openclaw.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PrivacyClass;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceRouter;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.Placement;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.api.inference.RouteCandidate;
import io.aitbc.openclaw.api.inference.RouteDecision;
import io.aitbc.openclaw.api.inference.RoutePlan;
import io.aitbc.openclaw.api.inference.RouteQuery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link InferenceRouter} does, with two local engines, {@code first} and {@code second}, that both have
 * {@code m:latest}, and a network {@code net} that has {@code net/m:latest} and {@code net/far:latest}.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class InferenceRouterContract {
    private final ScriptedEngine first =
            new ScriptedEngine("first", Models.local("first", "m:latest", Capability.COMPLETION));
    private final ScriptedEngine second =
            new ScriptedEngine("second", Models.local("second", "m:latest", Capability.COMPLETION));
    private final ScriptedProvider net = new ScriptedProvider(
            "net",
            Placement.NETWORK,
            Models.network("net", "net/m:latest", Capability.COMPLETION),
            Models.network("net", "net/far:latest", Capability.COMPLETION));
    private InferenceRouter router;

    /** A router over these lookups that uses the network for names with a namespace only. */
    protected abstract InferenceRouter createRouter(Extensions extensions);

    @BeforeEach
    void createSubject() {
        net.costs(TokenAmount.of(36, Rail.AITBC));
        router = createRouter(new FixedExtensions(first, second, net));
    }

    @AfterEach
    void closeSubject() {
        router.close();
    }

    @Test
    void contract_plan_lists_candidates_eligible_first_and_asks_nobody_for_an_answer() {
        RoutePlan plan = router.plan(query("m"));
        assertThat(plan.reason()).isNotBlank().doesNotContain("\n");
        assertThat(plan.candidates()).isNotEmpty().allSatisfy(candidate -> {
            assertThat(candidate.note()).isNotBlank().doesNotContain("\n");
        });
        List<Boolean> eligible =
                plan.candidates().stream().map(RouteCandidate::eligible).toList();
        assertThat(eligible).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(asked()).isZero();
    }

    @Test
    void contract_plan_of_a_network_model_states_its_price() {
        RouteCandidate candidate = router.plan(query("net/far")).candidates().getFirst();
        assertThat(candidate.placement()).isEqualTo(Placement.NETWORK);
        assertThat(candidate.price()).contains(TokenAmount.of(36, Rail.AITBC));
    }

    @Test
    void contract_answer_carries_its_route() {
        List<InferenceEvent> events = Answers.drain(router.chat(chat("m")));
        RouteDecision route = Answers.finished(events).route().orElseThrow();
        assertThat(Answers.text(events)).isEqualTo("hi");
        assertThat(route.provider()).isEqualTo("first");
        assertThat(route.model()).isEqualTo("m:latest");
        assertThat(route.failedAttempts()).isEmpty();
        assertThat(route.reason()).isEqualTo(router.plan(query("m")).reason());
    }

    @Test
    void contract_generate_and_embed_are_routed_too() {
        GenerateRequest request =
                GenerateRequest.of("m", "x", InferenceSettings.defaults(), RequestContext.of("contract"));
        assertThat(Answers.finished(Answers.drain(router.generate(request))).route())
                .isPresent();
        ScriptedEngine embedder =
                new ScriptedEngine("embedder", Models.local("embedder", "e:latest", Capability.EMBEDDING));
        InferenceRouter other = createRouter(new FixedExtensions(first, embedder));
        assertThat(other.embed(embed("e")).vectors()).hasSize(1);
        other.close();
    }

    @Test
    void contract_failure_before_the_first_content_moves_on_and_is_recorded() {
        first.answers(ScriptedStream.waiting("loading"), ScriptedStream.fail(ErrorCode.PROVIDER_FAILED, "boom"));
        List<InferenceEvent> events = Answers.drain(router.chat(chat("m")));
        assertThat(Answers.text(events)).isEqualTo("hi");
        RouteDecision route = Answers.finished(events).route().orElseThrow();
        assertThat(route.provider()).isEqualTo("second");
        assertThat(route.failedAttempts()).singleElement().asString().contains("first", "boom");
    }

    @Test
    void contract_refusal_before_there_is_a_stream_moves_on_too() {
        first.refuses(ErrorCode.OVERLOADED, "server busy");
        RouteDecision route =
                Answers.finished(Answers.drain(router.chat(chat("m")))).route().orElseThrow();
        assertThat(route.provider()).isEqualTo("second");
    }

    @Test
    void contract_failure_after_the_first_content_is_final() {
        first.answers(ScriptedStream.text("half"), ScriptedStream.fail(ErrorCode.STREAM_CUT, "gone"));
        InferenceStream stream = router.chat(chat("m"));
        assertThat(next(stream)).isEqualTo(new InferenceEvent.Text("half"));
        OpenClawException failure = Failures.assertFails(ErrorCode.STREAM_CUT, () -> next(stream));
        assertThat(failure).hasMessageContaining("gone");
        assertThatThrownBy(stream::next).isInstanceOf(IllegalStateException.class);
        assertThat(second.asked()).isEmpty();
    }

    @Test
    void contract_what_is_wrong_with_the_request_is_not_tried_elsewhere() {
        for (ErrorCode code : List.of(ErrorCode.INVALID_REQUEST, ErrorCode.CANCELED)) {
            first.refuses(code, "no");
            Failures.assertFails(code, () -> Answers.drain(router.chat(chat("m"))));
        }
        assertThat(second.asked()).isEmpty();
    }

    @Test
    void contract_every_candidate_is_tried_once_at_most() {
        first.refuses(ErrorCode.PROVIDER_FAILED, "one");
        second.refuses(ErrorCode.PROVIDER_FAILED, "two");
        OpenClawException failure =
                Failures.assertFails(ErrorCode.PROVIDER_FAILED, () -> Answers.drain(router.chat(chat("m"))));
        assertThat(failure).hasMessageContaining("one").hasMessageContaining("two");
        assertThat(first.asked()).hasSize(1);
        assertThat(second.asked()).hasSize(1);
    }

    @Test
    void contract_unknown_model_is_not_found() {
        OpenClawException failure =
                Failures.assertFails(ErrorCode.MODEL_NOT_FOUND, () -> Answers.drain(router.chat(chat("nobody"))));
        assertThat(failure).hasMessage("model 'nobody' not found");
        Failures.assertFails(ErrorCode.MODEL_NOT_FOUND, () -> router.embed(embed("nobody")));
    }

    private static RequestContext context(PrivacyClass privacy) {
        return new RequestContext("contract", privacy, Optional.empty());
    }

    private static ChatRequest chat(String model, PrivacyClass privacy) {
        return new ChatRequest(
                model, List.of(ChatMessage.user("x")), List.of(), InferenceSettings.defaults(), context(privacy));
    }

    @Test
    void contract_local_only_prompt_never_reaches_a_network() {
        net.canRedact();
        first.refuses(ErrorCode.UNREACHABLE, "down");
        second.refuses(ErrorCode.UNREACHABLE, "down");
        for (String model : List.of("net/m", "net/far", "m", "far", "m@net")) {
            Failures.failureOf(() -> Answers.drain(router.chat(chat(model, PrivacyClass.LOCAL_ONLY))));
            Failures.failureOf(() -> Answers.drain(router.generate(
                    GenerateRequest.of(model, "x", InferenceSettings.defaults(), context(PrivacyClass.LOCAL_ONLY)))));
            Failures.failureOf(() -> router.embed(new EmbedRequest(
                    model,
                    List.of("x"),
                    true,
                    OptionalInt.empty(),
                    GenerationOptions.none(),
                    Optional.empty(),
                    context(PrivacyClass.LOCAL_ONLY))));
        }
        assertThat(net.asked()).isEmpty();
    }

    @Test
    void contract_prompt_to_be_redacted_reaches_only_a_network_that_does_so() {
        Failures.assertFails(
                ErrorCode.MODEL_NOT_FOUND, () -> Answers.drain(router.chat(chat("net/m", PrivacyClass.REDACTED))));
        assertThat(net.asked()).isEmpty();

        net.canRedact();

        Answers.drain(router.chat(chat("net/m", PrivacyClass.REDACTED)));
        assertThat(net.asked()).hasSize(1);
    }

    @Test
    void contract_namespaced_name_goes_to_the_network_only() {
        RouteDecision route = Answers.finished(Answers.drain(router.chat(chat("net/m"))))
                .route()
                .orElseThrow();
        assertThat(route.provider()).isEqualTo("net");
        assertThat(first.asked()).isEmpty();
    }

    @Test
    void contract_price_above_the_cap_of_the_request_is_not_paid() {
        RequestContext poor = new RequestContext(
                "contract", PrivacyClass.NETWORK_ALLOWED, Optional.of(TokenAmount.of(35, Rail.AITBC)));
        ChatRequest request =
                new ChatRequest("net/m", List.of(ChatMessage.user("x")), List.of(), InferenceSettings.defaults(), poor);
        Failures.assertFails(ErrorCode.PRICE_ABOVE_CAP, () -> Answers.drain(router.chat(request)));
        assertThat(net.asked()).isEmpty();
    }

    @Test
    void contract_close_cancels_whichever_candidate_is_running() throws Exception {
        first.refuses(ErrorCode.UNREACHABLE, "down");
        second.answers(ScriptedStream.text("a"), ScriptedStream.hang());
        InferenceStream stream = router.chat(chat("m"));
        assertThat(next(stream)).isEqualTo(new InferenceEvent.Text("a"));
        CountDownLatch reading = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<OpenClawException> outcome = executor.submit(() -> {
                reading.countDown();
                return Failures.failureOf(stream::next);
            });
            assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
            long start = System.nanoTime();
            stream.close();
            assertThat(outcome.get(10, TimeUnit.SECONDS).code()).isEqualTo(ErrorCode.CANCELED);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        }
        assertThat(second.opened()).singleElement().matches(ScriptedStream::isClosed);
    }

    @Test
    void contract_close_before_the_first_event_cancels_and_starts_nobody_else() {
        first.answers(ScriptedStream.hang());
        InferenceStream stream = router.chat(chat("m"));
        stream.close();
        stream.close();
        Failures.assertFails(ErrorCode.CANCELED, stream::next);
        assertThatThrownBy(stream::next).isInstanceOf(IllegalStateException.class);
        assertThat(second.asked()).isEmpty();
    }

    /** The next event that is not just a sign of life. */
    private static InferenceEvent next(InferenceStream stream) {
        InferenceEvent event = stream.next();
        while (event instanceof InferenceEvent.Waiting) {
            event = stream.next();
        }
        return event;
    }

    private int asked() {
        return first.asked().size() + second.asked().size() + net.asked().size();
    }

    private static RouteQuery query(String model) {
        return new RouteQuery(
                model,
                OptionalInt.empty(),
                10,
                OptionalInt.empty(),
                Set.of(Capability.COMPLETION),
                Set.of(),
                RequestContext.of("contract"));
    }

    private static ChatRequest chat(String model) {
        return new ChatRequest(
                model,
                List.of(ChatMessage.user("x")),
                List.of(),
                InferenceSettings.defaults(),
                RequestContext.of("contract"));
    }

    private static EmbedRequest embed(String model) {
        return new EmbedRequest(
                model,
                List.of("x"),
                true,
                OptionalInt.empty(),
                GenerationOptions.none(),
                Optional.empty(),
                RequestContext.of("contract"));
    }
}
