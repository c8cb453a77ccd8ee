package io.aitbc.openclaw.host.http.answer;

import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceRouter;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.host.http.wire.ClientGone;
import io.aitbc.openclaw.host.http.wire.Exchange;
import io.aitbc.openclaw.host.http.wire.FailurePlace;
import io.aitbc.openclaw.host.http.wire.Work;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs answers: pulls events on the thread of the request and writes each at once. */
public final class Answers {
    private static final int LONGEST_LOGGED = 200;
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private final Extensions extensions;
    private final InferenceRouter direct;
    private final ProofRecorder recorder;
    private final long silenceNanos;

    /** @param longestSilence after which a client whose answer is being worked on gets a sign of life */
    public Answers(Extensions extensions, Models models, ProofRecorder recorder, Duration longestSilence) {
        this.extensions = extensions;
        this.recorder = recorder;
        this.silenceNanos = longestSilence.toNanos();
        this.direct = new DirectRouter(models);
    }

    /** The loaded router, or a plain choice when there is none. */
    public InferenceRouter router() {
        return extensions.first(InferenceRouter.class).orElse(direct);
    }

    /**
     * Runs one answer to its end, its failure or the client's leaving. The work stops within a second after the client left.
     *
     * @param model as the client wrote it, for error texts
     */
    public void run(
            Exchange exchange, String model, Function<InferenceRouter, InferenceStream> start, AnswerFormat format) {
        try (Work work = exchange.begin()) {
            try {
                stream(exchange.requestId(), work, start, format);
            } catch (OpenClawException e) {
                fail(exchange, work, Failures.of(e, model), format);
            } catch (ApiFailure e) {
                fail(exchange, work, e, format);
            } catch (ClientGone e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.atError().setCause(FailurePlace.of(e)).log("answer failed");
                fail(exchange, work, ApiFailure.late(500, "internal error, see the log of the host"), format);
            }
        }
    }

    private void stream(
            String requestId, Work work, Function<InferenceRouter, InferenceStream> start, AnswerFormat format) {
        ProofRecorder.Watch watch = recorder.watch(router());
        try (InferenceStream stream = start.apply(watch.router())) {
            work.onStop(stream::close);
            long lastSign = System.nanoTime();
            while (true) {
                switch (stream.next()) {
                    case InferenceEvent.Text event -> format.text(event.text(), event.logprobs());
                    case InferenceEvent.Thinking event -> format.thinking(event.text());
                    case InferenceEvent.ToolCalls event -> format.toolCalls(event.calls());
                    case InferenceEvent.Waiting event -> {
                        if (System.nanoTime() - lastSign < silenceNanos) {
                            continue;
                        }
                        format.waiting();
                    }
                    case InferenceEvent.Finished event -> {
                        format.finished(new Answered(requestId, event, watch.record()));
                        return;
                    }
                }
                lastSign = System.nanoTime();
            }
        }
    }

    /** The client is told all of it; an error may quote what was asked, which has no place in a log. */
    private static String brief(String text) {
        return text.length() <= LONGEST_LOGGED ? text : text.substring(0, LONGEST_LOGGED) + "…";
    }

    private static void fail(Exchange exchange, Work work, ApiFailure failure, AnswerFormat format) {
        if (work.stopped() == Work.Stop.CLIENT_GONE) {
            throw new ClientGone();
        }
        ApiFailure shown = work.stopped() == Work.Stop.SHUTDOWN ? shuttingDown() : failure;
        LOG.atInfo()
                .addKeyValue("path", exchange.path())
                .addKeyValue("request", exchange.requestId())
                .addKeyValue("status", shown.status())
                .addKeyValue("streaming", exchange.isStarted())
                .log("answer failed: {}", brief(shown.text()));
        format.failed(shown);
    }

    /** Runs a call that has no stream; it is interrupted when the client leaves. */
    public <T> T call(Exchange exchange, String model, Call<T> call) {
        try (Work work = exchange.begin()) {
            try {
                return call.call(router());
            } catch (RuntimeException e) {
                throw shown(work, model, e);
            }
        }
    }

    private static RuntimeException shown(Work work, String model, RuntimeException failure) {
        if (work.stopped() == Work.Stop.CLIENT_GONE) {
            return new ClientGone();
        }
        if (work.stopped() == Work.Stop.SHUTDOWN) {
            return shuttingDown();
        }
        return failure instanceof OpenClawException known ? Failures.of(known, model) : failure;
    }

    /** A blocking call. */
    public interface Call<T> {
        T call(InferenceRouter router);
    }

    private static ApiFailure shuttingDown() {
        return new ApiFailure(503, "the server is shutting down");
    }
}
