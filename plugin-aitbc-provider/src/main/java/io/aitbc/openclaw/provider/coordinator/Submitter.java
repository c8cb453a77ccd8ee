package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.OpenClawException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.HttpUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submits jobs to a coordinator that has no idempotency key. When it is unclear whether a job arrived, our reference is
 * looked up in the list of our jobs; only when the list surely does not show it, and the coordinator had time to finish
 * what it may have been doing, the submission is repeated, once.
 */
final class Submitter {
    private static final Logger log = LoggerFactory.getLogger(Submitter.class);
    /** The coordinator answers only after the escrow is created on the chain, which it tries several times. */
    private static final Duration DEADLINE = Duration.ofSeconds(45);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final int LEAST_LOOKUPS = 2;
    private static final int NOT_SENT_ATTEMPTS = 3;
    /** Without a job of ours to compare with, its clock and ours may differ by this much. */
    private static final Duration SKEW = Duration.ofMinutes(10);

    private final Caller caller;
    private final Backoff backoff;
    private final InstantSource clock;
    private final HttpUrl url;
    private final Duration settle;
    private final OwnJobs own;
    private final JobFinder finder;

    /** @param settle how long a job may take to appear after the connection it was submitted over broke */
    Submitter(
            Caller caller,
            Backoff backoff,
            InstantSource clock,
            HttpUrl url,
            Duration settle,
            OwnJobs own,
            JobFinder finder) {
        this.caller = caller;
        this.backoff = backoff;
        this.clock = clock;
        this.url = url;
        this.settle = settle;
        this.own = own;
        this.finder = finder;
    }

    JobView submit(JobSubmission submission, CallScope scope) throws SubmitException {
        Instant since = own.newest().orElseGet(() -> clock.instant().minus(SKEW));
        JobView job = submitted(submission, since, scope);
        own.add(job);
        return job;
    }

    private JobView submitted(JobSubmission submission, Instant since, CallScope scope) throws SubmitException {
        String body = submission.json();
        return switch (attempt(body, scope)) {
            case Accepted(JobView job) -> job;
            case Unclear first -> {
                Optional<JobView> found = lookUp(submission, first, since, scope);
                if (found.isPresent()) {
                    log.atInfo()
                            .addKeyValue("reference", submission.reference())
                            .addKeyValue("job", found.get().jobId())
                            .log("aitbc job found after a lost answer");
                    yield found.get();
                }
                yield again(submission, body, first, since, scope);
            }
        };
    }

    private JobView again(JobSubmission submission, String body, Unclear first, Instant since, CallScope scope)
            throws SubmitException {
        if (first.end() == End.TAKEN) {
            throw new SubmitException(first.failure(), true);
        }
        if (first.end() == End.BROKEN) {
            own.repeated(submission.reference(), clock.instant());
        }
        return switch (attempt(body, scope)) {
            case Accepted(JobView job) -> job;
            case Unclear second ->
                lookUp(submission, second, since, scope).orElseThrow(() -> new SubmitException(second.failure(), true));
        };
    }

    private sealed interface Attempt {}

    private record Accepted(JobView job) implements Attempt {}

    private record Unclear(OpenClawException failure, End end) implements Attempt {}

    /** How an attempt without a usable answer ended. */
    private enum End {
        /** The coordinator said that it failed: it does nothing more, but may have written the job before. */
        FAILED,
        /** Something between us broke; the coordinator may still be at it for a while. */
        BROKEN,
        /** It said yes, or it may say so at any later time. */
        TAKEN
    }

    private Attempt attempt(String body, CallScope scope) throws SubmitException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        AtomicBoolean made = new AtomicBoolean();
        for (int notSent = 0; ; ) {
            made.set(false);
            try {
                Reply reply = caller.once(
                        RouteClass.SUBMIT,
                        request -> {
                            made.set(true);
                            return request.url(url).post(new OnceBody(body)).build();
                        },
                        Duration.ofNanos(Math.max(0, end - System.nanoTime())),
                        DEADLINE,
                        scope);
                if (reply.status() != 429) {
                    return read(reply);
                }
            } catch (TransportException e) {
                switch (e.kind()) {
                    case NOT_SENT -> {
                        if (++notSent == NOT_SENT_ATTEMPTS) {
                            throw new SubmitException(e.toOpenClaw(), false);
                        }
                        pause(notSent, false, scope);
                    }
                    case BROKEN -> {
                        return new Unclear(e.toOpenClaw(), End.BROKEN);
                    }
                    case TIMED_OUT -> {
                        return new Unclear(e.toOpenClaw(), End.TAKEN);
                    }
                }
            } catch (OpenClawException e) {
                // Before there was a request it is from signing in or waiting for our turn, later from cutting it off.
                throw new SubmitException(e, made.get());
            }
        }
    }

    private Attempt read(Reply reply) throws SubmitException {
        if (reply.serverFailed()) {
            // Some routes fail after the job was written; a proxy that fails does not know about it.
            return new Unclear(
                    caller.failure("the submission of a job", reply), reply.status() == 500 ? End.FAILED : End.BROKEN);
        }
        if (!reply.ok()) {
            throw new SubmitException(caller.failure("the submission of a job", reply), false);
        }
        try {
            return new Accepted(JobView.parse("the submission of a job", Json.tree("job", reply.body())));
        } catch (OpenClawException e) {
            return new Unclear(e, End.TAKEN);
        }
    }

    /** @return empty when the list does not show the job, after all the time it may take to get there */
    private Optional<JobView> lookUp(JobSubmission submission, Unclear unclear, Instant since, CallScope scope)
            throws SubmitException {
        long end = System.nanoTime() + (unclear.end() == End.FAILED ? 0 : settle.toNanos());
        for (int look = 0; look < LEAST_LOOKUPS || System.nanoTime() - end < 0; look++) {
            pause(look, true, scope);
            Located located;
            try {
                located = finder.find(submission.reference(), since, scope);
            } catch (OpenClawException e) {
                throw new SubmitException(unclear.failure(), true);
            }
            switch (located) {
                case Located.Found(var jobs) -> {
                    return Optional.of(jobs.getLast());
                }
                case Located.Unsure(String why) -> {
                    log.atWarn()
                            .addKeyValue("reference", submission.reference())
                            .log("aitbc job not looked up: {}", why);
                    throw new SubmitException(unclear.failure(), true);
                }
                case Located.Absent() -> {}
            }
        }
        return Optional.empty();
    }

    private void pause(int attempt, boolean sent, CallScope scope) throws SubmitException {
        try {
            scope.pause(backoff.exponential(attempt, FIRST_PAUSE, LONGEST_PAUSE));
        } catch (OpenClawException e) {
            throw new SubmitException(e, sent);
        }
    }
}
