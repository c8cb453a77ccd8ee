package io.aitbc.openclaw.skills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.Embeddings;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.Placement;
import io.aitbc.openclaw.api.inference.RouteDecision;
import io.aitbc.openclaw.contract.Answers;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.contract.Models;
import io.aitbc.openclaw.contract.ScriptedProvider;
import io.aitbc.openclaw.contract.ScriptedStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FailoverTest {
    @Test
    void hung_engine_is_closed_and_the_next_one_answers() {
        try (RouterFixture fixture = new RouterFixture("first-byte-timeout", "200ms")) {
            fixture.here.answers(ScriptedStream.hang());
            RouteDecision route = fixture.route("m");
            assertThat(route.provider()).isEqualTo("there");
            assertThat(route.failedAttempts()).containsExactly("here: here did not answer within 1 s");
            assertThat(fixture.here.opened()).singleElement().matches(ScriptedStream::isClosed);
        }
    }

    @Test
    void provider_that_hangs_while_it_starts_is_interrupted_and_the_next_one_answers() {
        try (RouterFixture fixture = new RouterFixture("first-byte-timeout", "200ms")) {
            fixture.extensions.remove(fixture.here);
            fixture.extensions.remove(fixture.there);
            StuckProvider stuck = new StuckProvider();
            fixture.extensions.add(stuck);
            fixture.extensions.add(new ScriptedProvider(
                    "spare", Placement.LOCAL, Models.local("spare", "m:latest", Capability.COMPLETION)));
            assertThat(fixture.route("m").provider()).isEqualTo("spare");
            assertThat(stuck.interrupted()).isTrue();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void client_that_goes_away_interrupts_a_provider_that_hangs_while_it_starts() {
        try (RouterFixture fixture = new RouterFixture()) {
            fixture.extensions.remove(fixture.here);
            fixture.extensions.remove(fixture.there);
            StuckProvider stuck = new StuckProvider();
            fixture.extensions.add(stuck);
            InferenceStream stream = fixture.router.chat(RouterFixture.request("m"));
            Thread.ofVirtual().start(() -> {
                stuck.awaitEntered();
                stream.close();
            });
            Failures.assertFails(ErrorCode.CANCELED, stream::next);
            assertThat(stuck.interrupted()).isTrue();
        }
    }

    @Test
    void signs_of_life_keep_a_slow_provider_going_until_the_total_deadline() {
        try (RouterFixture fixture = new RouterFixture("first-byte-timeout", "150ms", "waiting-timeout", "600ms")) {
            TickingProvider ticking = new TickingProvider();
            fixture.extensions.remove(fixture.here);
            fixture.extensions.remove(fixture.there);
            fixture.extensions.add(ticking);
            long start = System.nanoTime();
            Failures.assertFails(ErrorCode.FIRST_BYTE_TIMEOUT, () -> fixture.chat("m"));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(550));
        }
    }

    @Test
    void last_candidate_may_be_silent_longer_than_the_first_byte_timeout() {
        try (RouterFixture fixture = new RouterFixture("first-byte-timeout", "100ms", "waiting-timeout", "700ms")) {
            fixture.extensions.remove(fixture.there);
            fixture.here.answers(ScriptedStream.hang());
            long start = System.nanoTime();
            Failures.assertFails(ErrorCode.FIRST_BYTE_TIMEOUT, () -> fixture.chat("m"));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(650));
        }
    }

    @Test
    void silence_after_the_first_content_is_not_the_routers_business() throws Exception {
        try (RouterFixture fixture = new RouterFixture("first-byte-timeout", "100ms", "waiting-timeout", "300ms")) {
            fixture.here.answers(ScriptedStream.text("a"), ScriptedStream.hang());
            InferenceStream stream = fixture.router.chat(RouterFixture.request("m"));
            assertThat(stream.next()).isEqualTo(new InferenceEvent.Text("a"));
            CountDownLatch failed = new CountDownLatch(1);
            Thread.ofVirtual().start(() -> {
                Failures.assertFails(ErrorCode.CANCELED, stream::next);
                failed.countDown();
            });
            assertThat(failed.await(900, TimeUnit.MILLISECONDS)).isFalse();
            stream.close();
            assertThat(failed.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void dead_engine_is_asked_last_after_three_failures_and_probed_later() {
        try (RouterFixture fixture = new RouterFixture()) {
            fixture.here.refuses(ErrorCode.UNREACHABLE, "connection refused");
            for (int i = 0; i < 3; i++) {
                assertThat(fixture.route("m").provider()).isEqualTo("there");
            }
            assertThat(fixture.here.asked()).hasSize(3);
            fixture.route("m");
            assertThat(fixture.here.asked())
                    .as("not asked while it is known to be dead")
                    .hasSize(3);
            fixture.clock.advance(Duration.ofSeconds(6));
            fixture.route("m");
            assertThat(fixture.here.asked()).as("one probe").hasSize(4);
            fixture.route("m");
            assertThat(fixture.here.asked()).hasSize(4);
            fixture.here.answers(ScriptedStream.text("back"), ScriptedStream.finish());
            fixture.clock.advance(Duration.ofSeconds(11));
            assertThat(Answers.text(fixture.chat("m"))).isEqualTo("back");
            assertThat(Answers.text(fixture.chat("m"))).isEqualTo("back");
        }
    }

    @Test
    void dead_engine_is_still_asked_when_it_is_the_only_one() {
        try (RouterFixture fixture = new RouterFixture()) {
            fixture.extensions.remove(fixture.there);
            fixture.here.refuses(ErrorCode.UNREACHABLE, "connection refused");
            for (int i = 0; i < 5; i++) {
                Failures.assertFails(ErrorCode.UNREACHABLE, () -> fixture.chat("m"));
            }
            fixture.here.answers(ScriptedStream.text("back"), ScriptedStream.finish());
            assertThat(Answers.text(fixture.chat("m"))).isEqualTo("back");
        }
    }

    @Test
    void failures_of_single_requests_do_not_open_the_breaker() {
        try (RouterFixture fixture = new RouterFixture()) {
            fixture.here.refuses(ErrorCode.PROVIDER_FAILED, "bad prompt");
            for (int i = 0; i < 6; i++) {
                fixture.route("m");
            }
            assertThat(fixture.here.asked()).hasSize(6);
        }
    }

    @Test
    void failing_lookup_is_told_and_does_not_hide_the_others() {
        try (RouterFixture fixture = new RouterFixture()) {
            fixture.here.lookupFails(ErrorCode.UNREACHABLE, "cannot connect to 127.0.0.1:11434");
            RouteDecision route = fixture.route("m");
            assertThat(route.provider()).isEqualTo("there");
            assertThat(route.failedAttempts()).containsExactly("here: cannot connect to 127.0.0.1:11434");
            fixture.extensions.remove(fixture.there);
            fixture.extensions.remove(fixture.aitbc);
            Failures.assertFails(ErrorCode.UNREACHABLE, () -> fixture.chat("m"));
        }
    }

    @Test
    void model_that_vanished_everywhere_since_the_plan_is_not_found() {
        try (RouterFixture fixture = new RouterFixture()) {
            fixture.here.refuses(ErrorCode.MODEL_NOT_FOUND, "model 'm:latest' not found");
            fixture.there.refuses(ErrorCode.MODEL_NOT_FOUND, "model 'm:latest' not found");
            assertThat(Failures.assertFails(ErrorCode.MODEL_NOT_FOUND, () -> fixture.chat("m")))
                    .hasMessage("model 'm' not found");
        }
    }

    @Test
    void defect_of_a_provider_is_a_failure_like_others() {
        try (RouterFixture fixture = new RouterFixture()) {
            fixture.extensions.remove(fixture.here);
            fixture.extensions.remove(fixture.there);
            fixture.extensions.add(new BrokenProvider());
            assertThat(Failures.assertFails(ErrorCode.INTERNAL, () -> fixture.chat("m")))
                    .hasMessage("broken failed unexpectedly (UnsupportedOperationException)");
            fixture.extensions.add(fixture.there);
            assertThat(fixture.route("m").provider()).isEqualTo("there");
        }
    }

    @Test
    void embeddings_move_on_too_and_do_not_wait_for_ever() {
        try (RouterFixture fixture = new RouterFixture("embed-timeout", "200ms")) {
            fixture.here.refuses(ErrorCode.OVERLOADED, "server busy");
            Embeddings embeddings = fixture.router.embed(RouterFixture.embedding("e"));
            assertThat(embeddings.vectors()).hasSize(1);
            assertThat(fixture.there.asked()).containsExactly("e:latest");
            assertThat(embeddings.route()).hasValueSatisfying(route -> {
                assertThat(route.provider()).isEqualTo("there");
                assertThat(route.failedAttempts()).containsExactly("here: server busy");
            });
            StuckProvider stuck = new StuckProvider();
            fixture.extensions.remove(fixture.here);
            fixture.extensions.remove(fixture.there);
            fixture.extensions.add(stuck);
            Failures.assertFails(
                    ErrorCode.FIRST_BYTE_TIMEOUT, () -> fixture.router.embed(RouterFixture.embedding("m")));
            await().until(stuck::interrupted);
        }
    }

    /** Never comes back from a call unless it is interrupted. */
    private static final class StuckProvider extends ScriptedProvider {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final AtomicBoolean interrupted = new AtomicBoolean();

        StuckProvider() {
            super(
                    "stuck",
                    Placement.LOCAL,
                    Models.local("stuck", "m:latest", Capability.COMPLETION, Capability.EMBEDDING));
        }

        @Override
        public InferenceStream chat(ChatRequest request) {
            block();
            return super.chat(request);
        }

        @Override
        public Embeddings embed(EmbedRequest request) {
            block();
            return super.embed(request);
        }

        private void block() {
            entered.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
        }

        void awaitEntered() {
            await().until(() -> entered.getCount() == 0);
        }

        boolean interrupted() {
            return interrupted.get();
        }
    }

    /** Says every few milliseconds that it works on it, and nothing else. */
    private static final class TickingProvider extends ScriptedProvider {
        TickingProvider() {
            super("ticking", Placement.LOCAL, Models.local("ticking", "m:latest", Capability.COMPLETION));
        }

        @Override
        public InferenceStream chat(ChatRequest request) {
            CountDownLatch closed = new CountDownLatch(1);
            return new InferenceStream() {
                @Override
                public InferenceEvent next() {
                    try {
                        if (closed.await(20, TimeUnit.MILLISECONDS)) {
                            throw new OpenClawException(ErrorCode.CANCELED, "canceled");
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return new InferenceEvent.Waiting("loading");
                }

                @Override
                public void close() {
                    closed.countDown();
                }
            };
        }
    }

    /** Breaks the rule that only one kind of failure crosses the API. */
    private static final class BrokenProvider extends ScriptedProvider {
        BrokenProvider() {
            super("broken", Placement.LOCAL, Models.local("broken", "m:latest", Capability.COMPLETION));
        }

        @Override
        public InferenceStream chat(ChatRequest request) {
            throw new UnsupportedOperationException(List.of("secret").toString());
        }
    }
}
