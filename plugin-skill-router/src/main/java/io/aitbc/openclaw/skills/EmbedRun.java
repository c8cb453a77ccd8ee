package io.aitbc.openclaw.skills;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.Embeddings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Embeds at one candidate after the other. A call for embeddings cannot be closed, so each runs where it can be left behind. */
final class EmbedRun {
    private final ExecutorService executor;
    private final Duration timeout;
    private final Breakers breakers;

    EmbedRun(ExecutorService executor, Duration timeout, Breakers breakers) {
        this.executor = executor;
        this.timeout = timeout;
        this.breakers = breakers;
    }

    Embeddings run(Plan plan, EmbedRequest request) {
        List<Failure> failures = new ArrayList<>(plan.lookupFailures());
        for (Candidate candidate : plan.order()) {
            Breaker breaker = breakers.of(candidate.provider());
            breaker.startAttempt();
            try {
                Embeddings embeddings = embed(candidate, request);
                breaker.succeeded();
                return embeddings.withRoute(plan.decision(candidate, failures));
            } catch (OpenClawException e) {
                breaker.failed(e.code());
                if (!plan.mayMoveOn(e.code())) {
                    throw e;
                }
                failures.add(new Failure(candidate.provider().id(), e));
            }
        }
        throw Failure.combined(plan.model(), failures);
    }

    private Embeddings embed(Candidate candidate, EmbedRequest request) {
        String provider = candidate.provider().id();
        Future<Embeddings> call = executor.submit(() ->
                candidate.provider().embed(request.withModel(candidate.model().name())));
        try {
            return call.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw Attempt.known(e.getCause(), provider);
        } catch (TimeoutException e) {
            throw new OpenClawException(
                    ErrorCode.FIRST_BYTE_TIMEOUT,
                    "%s did not answer within %d s".formatted(provider, timeout.toSeconds()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OpenClawException(ErrorCode.CANCELED, "the request was canceled", e);
        } finally {
            call.cancel(true);
        }
    }
}
