package io.aitbc.openclaw.devnet;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs a prompt to its end, to its deadline or until nobody wants the answer. */
final class EngineRun {
    private static final Duration LOOK = Duration.ofMillis(50);

    /**
     * A whole answer.
     *
     * @param context tokens to continue from, where the engine has them
     */
    record Answer(String text, int tokens, int promptTokens, List<Integer> context, Duration took) {}

    private EngineRun() {}

    /**
     * @param started starts the answer
     * @param abandoned asked now and then; true ends the run
     * @param onText gets each piece of text; what it throws ends the run
     * @throws OpenClawException when the engine fails, at the deadline, or with {@link ErrorCode#CANCELED} when abandoned
     */
    static Answer run(
            Supplier<InferenceStream> started, Duration limit, BooleanSupplier abandoned, Consumer<String> onText) {
        long start = System.nanoTime();
        CountDownLatch done = new CountDownLatch(1);
        AtomicBoolean late = new AtomicBoolean();
        try (InferenceStream stream = started.get()) {
            Thread.ofVirtual().name("devnet-watch").start(() -> watch(stream, done, late, limit, abandoned));
            StringBuilder text = new StringBuilder();
            while (true) {
                switch (stream.next()) {
                    case InferenceEvent.Text piece -> {
                        text.append(piece.text());
                        onText.accept(piece.text());
                    }
                    case InferenceEvent.Finished end -> {
                        Duration took = Duration.ofNanos(System.nanoTime() - start);
                        int tokens = end.usage().outputTokens().orElse(0);
                        int promptTokens = end.usage().promptTokens().orElse(0);
                        return new Answer(text.toString(), tokens, promptTokens, end.contextTokens(), took);
                    }
                    case InferenceEvent.Thinking thinking -> {}
                    case InferenceEvent.ToolCalls calls -> {}
                    case InferenceEvent.Waiting waiting -> {}
                }
            }
        } catch (OpenClawException e) {
            if (late.get()) {
                throw new OpenClawException(
                        ErrorCode.IDLE_TIMEOUT, "the model did not answer within " + limit.toSeconds() + " s", e);
            }
            throw e;
        } finally {
            done.countDown();
        }
    }

    private static void watch(
            InferenceStream stream,
            CountDownLatch done,
            AtomicBoolean late,
            Duration limit,
            BooleanSupplier abandoned) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (!done.await(LOOK.toNanos(), TimeUnit.NANOSECONDS)) {
                late.set(System.nanoTime() - deadline > 0);
                if (late.get() || abandoned.getAsBoolean()) {
                    stream.close();
                    return;
                }
            }
        } catch (InterruptedException e) {
            stream.close();
            Thread.currentThread().interrupt();
        }
    }
}
