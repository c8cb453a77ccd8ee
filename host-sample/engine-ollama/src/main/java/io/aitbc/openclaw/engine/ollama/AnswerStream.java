package io.aitbc.openclaw.engine.ollama;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.TokenLogprob;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import okhttp3.Call;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * An answer of Ollama, read on the consumer's own thread. The call starts with the first {@link #next()}: nothing runs
 * ahead of the consumer and no thread is handed anything.
 */
final class AnswerStream implements InferenceStream {
    private final Call call;
    private final String model;
    private final OllamaEngineOptions options;
    private final Failures failures;
    private final Watchdog watchdog;
    private final Watchdog.Watch watch;

    /** Held while {@link #next()} runs, so that {@link #close()} from elsewhere leaves the connection to it. */
    private final ReentrantLock reading = new ReentrantLock();
    /** Why the answer was ended from outside: canceled or too slow. */
    private final AtomicReference<@Nullable OpenClawException> ended = new AtomicReference<>();

    private final AnswerLine line = new AnswerLine();
    private final ArrayDeque<InferenceEvent> queue = new ArrayDeque<>(2);
    private List<TokenLogprob> pendingLogprobs = List.of();
    private @Nullable Response response;
    private @Nullable LineReader lines;
    /** Whether the end, or a failure, was passed on. */
    private boolean over;
    /** Whether the body was read to its end, so that the connection can carry another request. */
    private boolean whole;

    private volatile boolean finished;

    AnswerStream(
            Call call,
            String model,
            int requestBytes,
            OllamaEngineOptions options,
            Failures failures,
            Watchdog watchdog) {
        this.call = call;
        this.model = model;
        this.options = options;
        this.failures = failures;
        this.watchdog = watchdog;
        this.watch = new Watchdog.Watch(model, requestBytes, this::end);
    }

    @Override
    public InferenceEvent next() {
        reading.lock();
        try {
            if (over) {
                throw new IllegalStateException("The answer is over");
            }
            InferenceEvent event = queue.poll();
            if (event == null) {
                event = read();
            }
            OpenClawException reason = ended.get();
            if (reason != null) {
                throw reason;
            }
            if (event instanceof InferenceEvent.Finished) {
                over = true;
                finished = true;
            }
            return event;
        } catch (OpenClawException e) {
            over = true;
            release();
            throw e;
        } finally {
            reading.unlock();
        }
    }

    private InferenceEvent read() {
        LineReader reader = lines == null ? begin() : lines;
        while (queue.isEmpty()) {
            line(reader);
            accept();
        }
        return queue.remove();
    }

    private LineReader begin() {
        watch.waitForFirst();
        watchdog.watch(watch);
        try {
            Response answer = OllamaHttp.execute(call);
            response = answer;
            if (!answer.isSuccessful()) {
                throw failures.ofResponse(answer);
            }
            LineReader reader =
                    new LineReader(answer.body().source(), options.lineLimit(), options.answerLimit(), failures);
            lines = reader;
            return reader;
        } catch (IOException e) {
            throw ending(e, failures::beforeAnswer);
        }
    }

    private void line(LineReader reader) {
        try {
            watch.waitForNext();
            if (!reader.next()) {
                throw new OpenClawException(ErrorCode.STREAM_CUT, endWithoutDone());
            }
            watch.arrived();
            line.read(reader.bytes(), reader.from(), reader.length());
        } catch (IOException e) {
            throw ending(e, failures::withinAnswer);
        } catch (JacksonException e) {
            throw failures.malformed("a line that is not JSON");
        } catch (IllegalArgumentException e) {
            throw failures.malformed(String.valueOf(e.getMessage()));
        }
    }

    private String endWithoutDone() {
        return "Ollama ended its answer for %s without saying that it is done; it does so when a model repeats itself"
                .formatted(model);
    }

    private void accept() {
        if (line.error().isPresent()) {
            throw new OpenClawException(
                    ErrorCode.PROVIDER_FAILED, Failures.oneLine(line.error().get()));
        }
        ModelNames.requireSame(model, line.model());
        if (!line.thinking().isEmpty()) {
            queue.add(new InferenceEvent.Thinking(line.thinking()));
        }
        if (!line.logprobs().isEmpty() || !pendingLogprobs.isEmpty()) {
            acceptWithLogprobs();
        } else if (!line.text().isEmpty()) {
            queue.add(new InferenceEvent.Text(line.text()));
        }
        if (!line.toolCalls().isEmpty()) {
            queue.add(new InferenceEvent.ToolCalls(line.toolCalls()));
        }
        if (line.done()) {
            queue.add(new InferenceEvent.Finished(
                    line.reason(), line.usage(), line.context(), Optional.empty(), Optional.empty()));
        }
    }

    /**
     * A token that is only part of a character comes without text: its probability travels with the whole character. At the end
     * there is none to wait for.
     */
    private void acceptWithLogprobs() {
        List<TokenLogprob> all = new ArrayList<>(pendingLogprobs);
        all.addAll(line.logprobs());
        if (line.text().isEmpty() && !line.done()) {
            pendingLogprobs = all;
        } else {
            pendingLogprobs = List.of();
            queue.add(new InferenceEvent.Text(line.text(), all));
        }
    }

    /** Ends the answer from another thread. */
    private void end(OpenClawException reason) {
        if (ended.compareAndSet(null, reason)) {
            call.cancel();
        }
    }

    private OpenClawException ending(IOException cause, Function<IOException, OpenClawException> otherwise) {
        OpenClawException reason = ended.get();
        if (reason != null) {
            return reason;
        }
        return Thread.currentThread().isInterrupted() ? canceled() : otherwise.apply(cause);
    }

    private OpenClawException canceled() {
        return new OpenClawException(ErrorCode.CANCELED, "The answer of " + model + " was canceled");
    }

    @Override
    public void close() {
        if (!finished) {
            end(canceled());
        }
        if (reading.tryLock()) {
            try {
                if (finished) {
                    drain();
                }
                release();
            } finally {
                reading.unlock();
            }
        }
    }

    /** Reads the end of the body, which is there already but for a server that misbehaves, so that the connection is kept. */
    private void drain() {
        LineReader reader = lines;
        if (reader == null) {
            return;
        }
        try {
            watch.waitForEnd();
            whole = !reader.next();
        } catch (IOException | OpenClawException e) {
            whole = false;
        }
    }

    private void release() {
        watchdog.forget(watch);
        Response answer = response;
        response = null;
        lines = null;
        if (answer != null) {
            if (!whole) {
                call.cancel();
            }
            answer.close();
        }
    }
}
