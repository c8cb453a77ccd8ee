package io.aitbc.openclaw.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.LoadedModel;
import io.aitbc.openclaw.api.inference.Think;
import io.aitbc.openclaw.contract.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Loading, unloading, queueing, canceling, closing. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EngineLifeTest {
    private static final String BUSY = "server busy, please try again.  maximum pending requests exceeded";

    @TempDir
    private Path directory;

    private EmbeddedEngineOptions options() {
        return EmbeddedEngineOptions.in(directory);
    }

    private static InferenceSettings kept(Duration keepAlive) {
        return new InferenceSettings(
                Asking.greedy(2), Optional.empty(), Think.UNSET, Optional.of(keepAlive), false, 0, true, true);
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void nothing_is_loaded_until_it_is_used() {
        try (EmbeddedEngine engine = EmbeddedEngine.open(options())) {
            engine.catalogue();
            assertThat(engine.loaded()).isEmpty();

            LoadedModel loaded = engine.load("wren-tiny", GenerationOptions.of("num_ctx", 128L), Optional.empty());

            assertThat(loaded.contextLength()).isEqualTo(128);
            assertThat(loaded.vramBytes()).isZero();
            assertThat(loaded.expiresAt())
                    .isBetween(Instant.now().plusSeconds(200), Instant.now().plusSeconds(400));
            assertThat(engine.loaded()).hasSize(1);
        }
    }

    @Test
    void model_is_gone_when_its_keep_alive_is_over() {
        try (EmbeddedEngine engine = EmbeddedEngine.open(options())) {
            Asking.answer(engine.chat(Asking.chat(kept(Duration.ofMillis(30)), "Hello")));

            await(() -> engine.loaded().isEmpty());
        }
    }

    @Test
    void keep_alive_of_zero_unloads_before_the_answer_is_reported_whole() {
        try (EmbeddedEngine engine = EmbeddedEngine.open(options())) {
            Asking.answer(engine.chat(Asking.chat(kept(Duration.ZERO), "Hello")));

            assertThat(engine.loaded()).isEmpty();
        }
    }

    @Test
    void negative_keep_alive_keeps_it_for_centuries() {
        try (EmbeddedEngine engine = EmbeddedEngine.open(options())) {
            engine.load("wren-tiny", GenerationOptions.none(), Optional.of(Duration.ofSeconds(-1)));

            assertThat(engine.loaded().getFirst().expiresAt()).isAfter(Instant.parse("2300-01-01T00:00:00Z"));
        }
    }

    @Test
    void unloading_waits_for_the_running_answer() {
        try (EmbeddedEngine engine = EmbeddedEngine.open(options())) {
            InferenceStream stream = engine.chat(Asking.chat(Asking.endless(), "Count."));
            stream.next();

            engine.unload("wren-tiny");

            assertThat(engine.loaded()).hasSize(1);
            assertThat(stream.next()).isInstanceOf(InferenceEvent.Text.class);
            stream.close();
            await(() -> engine.loaded().isEmpty());
        }
    }

    @Test
    void answers_side_by_side_are_those_of_one_after_the_other() throws Exception {
        try (EmbeddedEngine engine = EmbeddedEngine.open(options().withConcurrency(4, 64));
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<String> prompts = List.of("Hello", "Who are you?", "Tell me a story about a fox.", "Name 3 colors.");
            List<String> alone = new ArrayList<>();
            List<Callable<String>> together = new ArrayList<>();
            for (String prompt : prompts) {
                Callable<String> ask =
                        () -> Asking.answer(engine.chat(Asking.chat(Asking.settings(Asking.greedy(30)), prompt)))
                                .text();
                alone.add(ask.call());
                together.add(ask);
            }
            List<String> answers = new ArrayList<>();
            for (Future<String> answer : executor.invokeAll(together)) {
                answers.add(answer.get());
            }

            assertThat(answers).isEqualTo(alone);
        }
    }

    @Test
    void waiting_answers_can_be_canceled_and_too_many_are_refused() {
        try (EmbeddedEngine engine = EmbeddedEngine.open(options().withConcurrency(1, 2))) {
            InferenceStream running = engine.chat(Asking.chat(Asking.endless(), "Count."));
            running.next();
            InferenceStream first = engine.chat(Asking.chat(Asking.settings(Asking.greedy(2)), "Hello"));
            InferenceStream second = engine.chat(Asking.chat(Asking.settings(Asking.greedy(2)), "Hello"));

            assertThat(Failures.assertFails(
                            ErrorCode.OVERLOADED,
                            () -> engine.chat(Asking.chat(Asking.settings(Asking.greedy(2)), "Hello"))))
                    .hasMessage(BUSY);

            first.close();
            Failures.assertFails(ErrorCode.CANCELED, first::next);
            InferenceStream third = engine.chat(Asking.chat(Asking.settings(Asking.greedy(2)), "Hello"));
            running.close();
            assertThat(Asking.answer(second).text()).isEqualTo("Hello!");
            assertThat(Asking.answer(third).text()).isEqualTo("Hello!");
        }
    }

    @Test
    void consumer_that_does_not_pull_stops_the_computing() {
        try (EmbeddedEngine engine = EmbeddedEngine.open(options().withConcurrency(1, 2))) {
            InferenceStream slow = engine.chat(Asking.chat(Asking.endless(), "Count."));
            for (int i = 0; i < 40; i++) {
                assertThat(slow.next()).isInstanceOf(InferenceEvent.Text.class);
            }
            slow.close();
            Failures.assertFails(ErrorCode.CANCELED, slow::next);
        }
    }

    @Test
    void interrupted_reader_is_canceled() throws Exception {
        try (EmbeddedEngine engine = EmbeddedEngine.open(options().withConcurrency(1, 4));
                InferenceStream running = engine.chat(Asking.chat(Asking.endless(), "Count."))) {
            running.next();
            InferenceStream waiting = engine.chat(Asking.chat(Asking.settings(Asking.greedy(2)), "Hello"));
            List<ErrorCode> codes = new ArrayList<>();
            Thread reader = Thread.ofVirtual().start(() -> {
                try {
                    waiting.next();
                } catch (OpenClawException e) {
                    codes.add(e.code());
                }
            });
            reader.interrupt();
            reader.join();

            assertThat(codes).containsExactly(ErrorCode.CANCELED);
        }
    }

    @Test
    void closing_the_engine_cancels_what_runs() {
        EmbeddedEngine engine = EmbeddedEngine.open(options().withConcurrency(1, 4));
        InferenceStream running = engine.chat(Asking.chat(Asking.endless(), "Count."));
        running.next();
        InferenceStream waiting = engine.chat(Asking.chat(Asking.endless(), "Count."));

        engine.close();

        Failures.assertFails(ErrorCode.CANCELED, running::next);
        Failures.assertFails(ErrorCode.CANCELED, waiting::next);
        Failures.assertFails(ErrorCode.PLUGIN_UNAVAILABLE, () -> engine.chat(Asking.chat(Asking.endless(), "Count.")));
    }

    @Test
    void idle_models_make_room_and_models_that_never_fit_are_refused() {
        try (EmbeddedEngine engine = EmbeddedEngine.open(options().withMemoryLimit(30L << 20))) {
            engine.load("wren-tiny", GenerationOptions.none(), Optional.empty());
            engine.load("wren-tiny-embed", GenerationOptions.none(), Optional.empty());

            assertThat(engine.loaded())
                    .extracting(loaded -> loaded.model().name())
                    .containsExactly("wren-tiny-embed:latest");
            assertThat(engine.memoryBytes()).hasValue(30L << 20);
        }
        try (EmbeddedEngine engine = EmbeddedEngine.open(options().withMemoryLimit(8L << 20))) {
            OpenClawException failure = Failures.assertFails(
                    ErrorCode.PROVIDER_FAILED,
                    () -> Asking.answer(engine.chat(Asking.chat(Asking.settings(Asking.greedy(2)), "Hello"))));
            assertThat(failure).hasMessageContaining("8 MiB");
        }
    }

    @Test
    void models_are_unpacked_once_and_damaged_copies_are_replaced_before_they_are_loaded() throws IOException {
        Path folder = directory.resolve("bundled-models");
        BundledModel bundled = BundledModel.ALL.getFirst();
        Path file = bundled.unpack(folder);
        byte[] damaged = Files.readAllBytes(file);
        damaged[damaged.length / 2] ^= 1;
        Files.write(file, damaged);
        Files.writeString(BundledModel.ALL.getLast().unpack(folder), "cut");

        try (EmbeddedEngine engine = EmbeddedEngine.open(options())) {
            assertThat(engine.catalogue()).hasSize(2);
            engine.load("wren-tiny", GenerationOptions.none(), Optional.empty());
        }

        for (BundledModel model : BundledModel.ALL) {
            assertThat(Digests.sha256(model.unpack(folder))).isEqualTo(model.digest());
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void several_processes_may_unpack_at_once() throws Exception {
        BundledModel bundled = BundledModel.ALL.getFirst();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Path>> unpackers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                unpackers.add(() -> bundled.unpack(directory));
            }
            for (Future<Path> file : executor.invokeAll(unpackers)) {
                assertThat(Digests.sha256(file.get())).isEqualTo(bundled.digest());
            }
        }
    }
}
