package io.aitbc.openclaw.engine.ollama;

import static io.aitbc.openclaw.engine.ollama.OllamaFixture.LOAD;
import static io.aitbc.openclaw.engine.ollama.OllamaFixture.MODEL;
import static io.aitbc.openclaw.engine.ollama.OllamaFixture.SOON;
import static io.aitbc.openclaw.engine.ollama.OllamaFixture.all;
import static io.aitbc.openclaw.engine.ollama.OllamaFixture.failure;
import static io.aitbc.openclaw.engine.ollama.OllamaFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.testing.OllamaLines;
import io.aitbc.openclaw.testing.ScriptedAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Silence: when it is a hang, and when it is not. */
class OllamaDeadlineTest {
    private static final Duration FIRST_BYTE = Duration.ofMillis(400);
    private static final Duration IDLE = Duration.ofMillis(400);
    private static final List<String> ANSWER = OllamaLines.chat(MODEL, "Hel", "lo");

    private OllamaFixture fixture;

    @BeforeEach
    void start() {
        fixture = new OllamaFixture(FIRST_BYTE, IDLE);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static Duration timed(Runnable action) {
        long start = System.nanoTime();
        action.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void silence_of_a_model_in_memory_is_a_hang() {
        fixture.ollama.next("/api/chat", ScriptedAnswer.silent().hang());
        Duration time = timed(() -> {
            OpenClawException failure = failure(fixture.chat());
            assertThat(failure.code()).isEqualTo(ErrorCode.FIRST_BYTE_TIMEOUT);
            assertThat(failure).hasMessageContaining(MODEL).hasMessageContaining("400 ms");
        });
        assertThat(time).isBetween(FIRST_BYTE, LOAD);
        assertThat(fixture.ollama.awaitDisconnects(1, SOON)).isTrue();
    }

    @Test
    void headers_without_a_line_are_no_first_byte() {
        fixture.ollama.next("/api/chat", ScriptedAnswer.ndjson().hang());
        assertThat(failure(fixture.chat()).code()).isEqualTo(ErrorCode.FIRST_BYTE_TIMEOUT);
    }

    @Test
    void a_model_that_is_not_in_memory_yet_gets_the_time_to_load() {
        fixture.ollama.notResident(MODEL);
        fixture.ollama.next("/api/chat", ScriptedAnswer.stream(ANSWER).delayed(FIRST_BYTE.multipliedBy(4)));
        assertThat(text(all(fixture.chat()))).isEqualTo("Hello");
    }

    @Test
    void a_model_listed_while_it_loads_gets_the_time_to_load() {
        fixture.ollama.loading(MODEL);
        fixture.ollama.next("/api/chat", ScriptedAnswer.stream(ANSWER).delayed(FIRST_BYTE.multipliedBy(4)));
        assertThat(text(all(fixture.chat()))).isEqualTo("Hello");
    }

    @Test
    void a_model_that_was_loaded_and_stays_silent_is_a_hang() {
        fixture.ollama.notResident(MODEL);
        fixture.ollama.next(
                "/api/chat",
                ScriptedAnswer.silent()
                        .pause(FIRST_BYTE.multipliedBy(2))
                        .run(() -> fixture.ollama.resident(MODEL))
                        .hang());
        Duration time = timed(() -> assertThat(failure(fixture.chat()).code()).isEqualTo(ErrorCode.FIRST_BYTE_TIMEOUT));
        assertThat(time).isBetween(FIRST_BYTE.multipliedBy(2), LOAD);
    }

    @Test
    void a_load_that_never_ends_is_a_failure_after_the_time_to_load() {
        fixture.ollama.notResident(MODEL);
        fixture.ollama.next("/api/chat", ScriptedAnswer.silent().hang());
        Duration time = timed(() -> {
            OpenClawException failure = failure(fixture.chat());
            assertThat(failure.code()).isEqualTo(ErrorCode.FIRST_BYTE_TIMEOUT);
            assertThat(failure).hasMessageContaining("not loaded");
        });
        assertThat(time).isGreaterThan(LOAD);
    }

    @Test
    void a_server_that_does_not_even_answer_ps_hangs() {
        all(fixture.chat());
        fixture.ollama.always("/api/ps", ScriptedAnswer.silent().hang());
        fixture.ollama.next("/api/chat", ScriptedAnswer.silent().hang());
        assertThat(failure(fixture.chat()).code()).isEqualTo(ErrorCode.FIRST_BYTE_TIMEOUT);
    }

    @Test
    void a_request_that_waits_behind_another_of_the_same_model_is_not_a_hang() throws Exception {
        CountDownLatch firstIsDone = new CountDownLatch(1);
        ScriptedAnswer slow = ScriptedAnswer.ndjson();
        for (int i = 0; i < 12; i++) {
            slow = slow.line(OllamaLines.chatText(MODEL, "slow ")).pause(Duration.ofMillis(100));
        }
        slow = slow.run(firstIsDone::countDown)
                .line(OllamaLines.chatDone(MODEL, 12))
                .end();
        ScriptedAnswer queued = ScriptedAnswer.silent().await(firstIsDone);
        fixture.ollama.next("/api/chat", slow);
        InferenceStream first = fixture.chat();
        assertThat(first.next()).isInstanceOf(InferenceEvent.Text.class);
        CompletableFuture<String> second = CompletableFuture.supplyAsync(
                () -> {
                    fixture.ollama.next("/api/chat", queued.then(ScriptedAnswer.stream(ANSWER)));
                    return text(all(fixture.chat()));
                },
                Thread::startVirtualThread);
        assertThat(text(all(first))).startsWith("slow slow");
        assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo("Hello");
    }

    @Test
    void a_long_prompt_is_given_more_time() {
        try (OllamaEngine engine = OllamaEngine.connect(
                fixture.options().promptAllowance(Duration.ofSeconds(20)).build())) {
            fixture.ollama.next("/api/chat", ScriptedAnswer.stream(ANSWER).delayed(FIRST_BYTE.multipliedBy(3)));
            assertThat(text(all(engine.chat(OllamaFixture.chatRequest())))).isEqualTo("Hello");
        }
    }

    @Test
    void silence_within_an_answer_is_a_hang_and_dripping_bytes_do_not_help() {
        ScriptedAnswer dripping = ScriptedAnswer.ndjson().line(ANSWER.getFirst());
        for (int i = 0; i < 100; i++) {
            dripping = dripping.chunk(" ").pause(Duration.ofMillis(50));
        }
        for (ScriptedAnswer answer :
                List.of(ScriptedAnswer.ndjson().line(ANSWER.getFirst()).hang(), dripping)) {
            fixture.ollama.next("/api/chat", answer);
            InferenceStream stream = fixture.chat();
            assertThat(stream.next()).isEqualTo(new InferenceEvent.Text("Hel"));
            assertThat(failure(stream).code()).isEqualTo(ErrorCode.IDLE_TIMEOUT);
        }
        assertThat(fixture.ollama.awaitDisconnects(2, SOON)).isTrue();
    }

    @Test
    void a_slow_but_steady_answer_has_no_limit_on_the_whole() {
        ScriptedAnswer answer = ScriptedAnswer.ndjson();
        for (int i = 0; i < 10; i++) {
            answer = answer.line(OllamaLines.chatText(MODEL, "x")).pause(Duration.ofMillis(80));
        }
        fixture.ollama.next(
                "/api/chat", answer.line(OllamaLines.chatDone(MODEL, 10)).end());
        assertThat(text(all(fixture.chat()))).hasSize(10);
    }

    @Test
    void a_consumer_may_take_its_time() throws InterruptedException {
        fixture.ollama.next("/api/chat", ScriptedAnswer.stream(ANSWER));
        InferenceStream stream = fixture.chat();
        List<InferenceEvent> events = new ArrayList<>(List.of(stream.next()));
        assertThat(new CountDownLatch(1).await(900, TimeUnit.MILLISECONDS)).isFalse();
        events.addAll(all(stream));
        assertThat(text(events)).isEqualTo("Hello");
    }

    @Test
    void a_body_that_does_not_end_after_the_last_line_delays_nobody_for_long() {
        fixture.ollama.next(
                "/api/chat",
                ScriptedAnswer.ndjson()
                        .line(ANSWER.getFirst())
                        .line(ANSWER.getLast())
                        .hang());
        assertThat(timed(() -> assertThat(text(all(fixture.chat()))).isEqualTo("Hel")))
                .isLessThan(SOON);
        assertThat(fixture.ollama.awaitDisconnects(1, SOON)).isTrue();
    }

    @Test
    void a_silent_embedding_ends_too() {
        fixture.ollama.resident(OllamaFixture.EMBEDDER);
        fixture.ollama.next("/api/embed", ScriptedAnswer.silent().hang());
        OpenClawException failure = org.assertj.core.api.Assertions.catchThrowableOfType(
                OpenClawException.class, () -> fixture.engine.embed(OllamaRequestTest.embedRequest("x")));
        assertThat(failure.code()).isEqualTo(ErrorCode.FIRST_BYTE_TIMEOUT);
    }

    // --- cancel ---

    @Test
    void closing_a_silent_answer_from_elsewhere_ends_it_within_a_second() throws Exception {
        fixture.ollama.notResident(MODEL);
        fixture.ollama.next("/api/chat", ScriptedAnswer.silent().hang());
        assertCanceled(0);
    }

    @Test
    void closing_a_running_answer_from_elsewhere_ends_it_within_a_second() throws Exception {
        fixture.ollama.next(
                "/api/chat", ScriptedAnswer.ndjson().line(ANSWER.getFirst()).hang());
        assertCanceled(1);
    }

    private void assertCanceled(int events) throws Exception {
        InferenceStream stream = fixture.chat();
        for (int i = 0; i < events; i++) {
            stream.next();
        }
        CompletableFuture<OpenClawException> failure =
                CompletableFuture.supplyAsync(() -> failure(stream), Thread::startVirtualThread);
        assertThat(fixture.ollama.awaitRequests("/api/chat", 1, SOON)).isTrue();
        assertThat(fixture.ollama.disconnects()).isEmpty();
        Duration time = timed(() -> {
            stream.close();
            assertThat(fixture.ollama.awaitDisconnects(1, SOON)).isTrue();
        });
        assertThat(time).isLessThan(Duration.ofSeconds(1));
        assertThat(failure.get(5, TimeUnit.SECONDS).code()).isEqualTo(ErrorCode.CANCELED);
    }

    @Test
    void closing_before_the_first_byte_was_asked_for_sends_nothing() {
        InferenceStream stream = fixture.chat();
        stream.close();
        stream.close();
        assertThat(failure(stream).code()).isEqualTo(ErrorCode.CANCELED);
        assertThat(fixture.ollama.requests("/api/chat")).isEmpty();
    }

    @Test
    void interrupting_the_consumer_cancels() throws Exception {
        fixture.ollama.next(
                "/api/chat", ScriptedAnswer.ndjson().line(ANSWER.getFirst()).hang());
        CompletableFuture<OpenClawException> failure = new CompletableFuture<>();
        Thread consumer = Thread.ofVirtual().start(() -> failure.complete(failure(fixture.chat())));
        assertThat(fixture.ollama.awaitRequests("/api/chat", 1, SOON)).isTrue();
        consumer.interrupt();
        assertThat(failure.get(5, TimeUnit.SECONDS).code()).isEqualTo(ErrorCode.CANCELED);
        assertThat(fixture.ollama.awaitDisconnects(1, SOON)).isTrue();
    }

    @Test
    void closing_a_whole_answer_keeps_the_connection() {
        all(fixture.chat());
        assertThat(fixture.ollama.disconnects()).isEmpty();
        assertThat(fixture.ollama.openConnections()).isPositive();
    }
}
