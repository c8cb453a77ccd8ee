package io.aitbc.openclaw.contract;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.FinishReason;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.JobRecord;
import io.aitbc.openclaw.api.inference.Usage;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;

/** An answer that follows a script. Keeps the promises of {@link InferenceStream} itself. */
public final class ScriptedStream implements InferenceStream {
    /** One step of a script. */
    public sealed interface Step {
        /** Reports an event. */
        record Emit(InferenceEvent event) implements Step {}

        /** Fails. */
        record Fail(ErrorCode code, String message) implements Step {}

        /** Says nothing until the stream is closed. */
        record Hang() implements Step {}
    }

    private final Iterator<Step> script;
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean ended;

    public ScriptedStream(List<Step> script) {
        this.script = List.copyOf(script).iterator();
    }

    public static Step text(String text) {
        return new Step.Emit(new InferenceEvent.Text(text));
    }

    public static Step waiting(String state) {
        return new Step.Emit(new InferenceEvent.Waiting(state));
    }

    public static Step fail(ErrorCode code, String message) {
        return new Step.Fail(code, message);
    }

    public static Step hang() {
        return new Step.Hang();
    }

    public static Step finish() {
        return finish(Optional.empty());
    }

    public static Step finish(Optional<JobRecord> job) {
        Usage usage = new Usage(
                OptionalInt.of(3),
                OptionalInt.of(2),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new Step.Emit(new InferenceEvent.Finished(FinishReason.STOP, usage, List.of(), job, Optional.empty()));
    }

    @Override
    public InferenceEvent next() {
        if (ended) {
            throw new IllegalStateException("the answer has ended");
        }
        if (closed.getCount() == 0) {
            ended = true;
            throw new OpenClawException(ErrorCode.CANCELED, "the answer was canceled");
        }
        return play(script.hasNext() ? script.next() : fail(ErrorCode.STREAM_CUT, "the script ended"));
    }

    private InferenceEvent play(Step step) {
        return switch (step) {
            case Step.Emit emit -> {
                ended = emit.event() instanceof InferenceEvent.Finished;
                yield emit.event();
            }
            case Step.Fail fail -> {
                ended = true;
                throw new OpenClawException(fail.code(), fail.message());
            }
            case Step.Hang ignored -> {
                ended = true;
                awaitClose();
                throw new OpenClawException(ErrorCode.CANCELED, "the answer was canceled");
            }
        };
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }

    public boolean isClosed() {
        return closed.getCount() == 0;
    }
}
