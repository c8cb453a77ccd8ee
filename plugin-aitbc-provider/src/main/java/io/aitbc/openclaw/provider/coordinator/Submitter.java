package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.OpenClawException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submits jobs to a coordinator that has no idempotency key. When it is unclear whether a job arrived, our reference is
 * looked up in the list of our jobs; only when the list is readable and does not show it is the submission repeated, once.
 */
final class Submitter {
    private static final Logger log = LoggerFactory.getLogger(Submitter.class);
    /** The coordinator answers only after the escrow is created on the chain, which it tries several times. */
    private static final Duration DEADLINE = Duration.ofSeconds(45);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final int LOOKUPS = 4;
    private static final int NOT_SENT_ATTEMPTS = 3;
    private static final int PAGE = 50;

    private final CoordinatorClient client;
    private final Caller caller;
    private final Backoff backoff;
    private final HttpUrl url;

    Submitter(CoordinatorClient client, Caller caller, Backoff backoff, HttpUrl url) {
        this.client = client;
        this.caller = caller;
        this.backoff = backoff;
        this.url = url;
    }

    JobView submit(JobSubmission submission, CallScope scope) throws SubmitException {
        String body = submission.json();
        Attempt first = attempt(body, scope);
        if (first instanceof Accepted accepted) {
            return accepted.job();
        }
        Unclear unclear = (Unclear) first;
        Optional<JobView> found = lookUp(submission, unclear, scope);
        if (found.isPresent()) {
            log.atInfo()
                    .addKeyValue("reference", submission.reference())
                    .addKeyValue("job", found.get().jobId())
                    .log("aitbc job found after a lost answer");
            return found.get();
        }
        if (unclear.stillWorking()) {
            throw new SubmitException(unclear.failure(), true);
        }
        Attempt second = attempt(body, scope);
        if (second instanceof Unclear again) {
            return lookUp(submission, again, scope).orElseThrow(() -> new SubmitException(again.failure(), true));
        }
        JobView job = ((Accepted) second).job();
        cancelOthers(submission, job, scope);
        return job;
    }

    private sealed interface Attempt {}

    private record Accepted(JobView job) implements Attempt {}

    /** @param stillWorking whether the coordinator may create the job at any later time */
    private record Unclear(OpenClawException failure, boolean stillWorking) implements Attempt {}

    private Attempt attempt(String body, CallScope scope) throws SubmitException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (int notSent = 0; ; ) {
            try {
                Reply reply = caller.once(
                        request -> request.url(url).post(new OnceBody(body)).build(), DEADLINE, scope);
                if (reply.status() == 429) {
                    caller.waitAsTold(reply, end, scope);
                    continue;
                }
                return read(reply);
            } catch (TransportException e) {
                switch (e.kind()) {
                    case NOT_SENT -> {
                        if (++notSent == NOT_SENT_ATTEMPTS) {
                            throw new SubmitException(e.toOpenClaw(), false);
                        }
                        pause(notSent, scope);
                    }
                    case BROKEN -> {
                        return new Unclear(e.toOpenClaw(), false);
                    }
                    case TIMED_OUT -> {
                        return new Unclear(e.toOpenClaw(), true);
                    }
                }
            } catch (OpenClawException e) {
                // From signing in, or from a 429: the job itself was not taken.
                throw new SubmitException(e, false);
            }
        }
    }

    private static Attempt read(Reply reply) throws SubmitException {
        if (reply.serverFailed()) {
            // Some routes fail after the job was written.
            return new Unclear(Caller.failure("the submission of a job", reply), false);
        }
        if (!reply.ok()) {
            throw new SubmitException(Caller.failure("the submission of a job", reply), false);
        }
        try {
            return new Accepted(JobView.parse("the submission of a job", Json.tree("job", reply.body())));
        } catch (OpenClawException e) {
            return new Unclear(e, false);
        }
    }

    private Optional<JobView> lookUp(JobSubmission submission, Unclear unclear, CallScope scope)
            throws SubmitException {
        for (int attempt = 0; attempt < LOOKUPS; attempt++) {
            pause(attempt, scope);
            List<JobView> jobs;
            try {
                // A different limit each time, so that no cache answers.
                jobs = client.jobs(PAGE + attempt, 0, scope);
            } catch (OpenClawException e) {
                throw new SubmitException(unclear.failure(), true);
            }
            Optional<JobView> found = jobs.stream()
                    .filter(job -> job.reference().equals(Optional.of(submission.reference())))
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
            if (!jobs.stream().allMatch(JobView::showsPayload)) {
                throw new SubmitException(unclear.failure(), true);
            }
        }
        return Optional.empty();
    }

    /** After a repeated submission: if the first one arrived late after all, it must not run, nor be paid. */
    private void cancelOthers(JobSubmission submission, JobView kept, CallScope scope) {
        try {
            for (JobView job : client.jobs(PAGE, 0, scope)) {
                if (job.reference().equals(Optional.of(submission.reference()))
                        && !job.jobId().equals(kept.jobId())) {
                    client.cancel(job.jobId(), scope);
                    job.paymentId().ifPresent(payment -> client.refund(payment, job.jobId(), "duplicate", scope));
                    log.atWarn().addKeyValue("job", job.jobId()).log("aitbc duplicate job canceled");
                }
            }
        } catch (OpenClawException e) {
            log.atWarn()
                    .addKeyValue("reference", submission.reference())
                    .log("aitbc duplicates not checked: {}", e.getMessage());
        }
    }

    private void pause(int attempt, CallScope scope) throws SubmitException {
        try {
            scope.pause(backoff.exponential(attempt, FIRST_PAUSE, LONGEST_PAUSE));
        } catch (OpenClawException e) {
            throw new SubmitException(e, true);
        }
    }
}
