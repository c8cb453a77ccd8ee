package io.aitbc.openclaw.skills;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An answer that may change its provider until its first content. Everything happens on the reader's own thread; only
 * {@link #close()} and the deadline watch come from outside.
 */
final class RoutedStream implements InferenceStream {
    private final Plan plan;
    private final String requestId;
    private final Iterator<Candidate> candidates;
    private final Function<Candidate, InferenceStream> opening;
    private final Attempts attempts;
    private final List<Failure> failures = new ArrayList<>();

    private volatile @Nullable Attempt current;
    private volatile boolean closed;
    private boolean passedOn;
    private boolean ended;

    RoutedStream(Plan plan, String requestId, Function<Candidate, InferenceStream> opening, Attempts attempts) {
        this.plan = plan;
        this.requestId = requestId;
        this.candidates = plan.order().iterator();
        this.opening = opening;
        this.attempts = attempts;
    }

    @Override
    public InferenceEvent next() {
        if (ended) {
            throw new IllegalStateException("the answer has ended");
        }
        while (true) {
            Attempt attempt = attempt();
            if (closed) {
                attempt.cancel();
            }
            try {
                return passOn(attempt, attempt.next());
            } catch (OpenClawException e) {
                moveOnOrFail(attempt, e);
            }
        }
    }

    /** The one at work, or else the next that could be started. */
    private Attempt attempt() {
        Attempt running = current;
        while (running == null) {
            if (closed) {
                throw end(new OpenClawException(ErrorCode.CANCELED, "the request was canceled"));
            }
            Attempt attempt = attempts.start(candidates.next(), candidates.hasNext());
            current = attempt;
            if (closed) {
                attempt.cancel();
            }
            try {
                attempt.open(opening);
                running = attempt;
            } catch (OpenClawException e) {
                moveOnOrFail(attempt, e);
            }
        }
        return running;
    }

    private InferenceEvent passOn(Attempt attempt, InferenceEvent event) {
        return switch (event) {
            case InferenceEvent.Waiting waiting -> waiting;
            case InferenceEvent.Finished finished -> {
                settle(attempt);
                ended = true;
                attempt.close();
                yield finished.withRoute(plan.decision(attempt.candidate(), allFailures()));
            }
            case InferenceEvent.Text text -> content(attempt, text);
            case InferenceEvent.Thinking thinking -> content(attempt, thinking);
            case InferenceEvent.ToolCalls calls -> content(attempt, calls);
        };
    }

    private InferenceEvent content(Attempt attempt, InferenceEvent event) {
        settle(attempt);
        return event;
    }

    private void settle(Attempt attempt) {
        if (!passedOn) {
            passedOn = true;
            attempts.answered(attempt);
        }
    }

    private void moveOnOrFail(Attempt attempt, OpenClawException failure) {
        attempt.close();
        current = null;
        if (closed) {
            attempts.canceled(attempt);
            throw end(new OpenClawException(ErrorCode.CANCELED, "the request was canceled"));
        }
        attempts.failed(attempt, requestId, failure);
        if (passedOn || !plan.mayMoveOn(failure.code())) {
            throw end(failure);
        }
        failures.add(new Failure(attempt.candidate().provider().id(), failure));
        if (!candidates.hasNext()) {
            throw end(Failure.combined(plan.model(), allFailures()));
        }
    }

    private List<Failure> allFailures() {
        return Stream.concat(plan.lookupFailures().stream(), failures.stream()).toList();
    }

    private OpenClawException end(OpenClawException failure) {
        ended = true;
        return failure;
    }

    @Override
    public void close() {
        closed = true;
        Attempt running = current;
        if (running != null) {
            running.cancel();
        }
    }
}
