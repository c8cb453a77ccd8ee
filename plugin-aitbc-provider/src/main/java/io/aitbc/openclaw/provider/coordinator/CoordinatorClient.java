package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.OpenClawException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Our jobs and payments at one AITBC coordinator. Safe for many threads.
 *
 * <p>All methods fail with {@link OpenClawException}: UNREACHABLE, NOT_AUTHORIZED, MISSING_KEY, OVERLOADED,
 * MALFORMED_ANSWER, CANCELED, or PROVIDER_FAILED with the coordinator's status and text. Each call has a deadline of 15
 * seconds, a submission one of 45. All calls but a submission are repeated after a failure, because doing them twice changes
 * nothing: reads, and changes that end in the same state (cancel, release, refund).
 */
public final class CoordinatorClient {
    private static final Logger log = LoggerFactory.getLogger(CoordinatorClient.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** For what must not be left undone. */
    private static final Duration LONG_PATIENCE = Duration.ofSeconds(30);

    private static final Duration CROWDED = Duration.ofSeconds(1);
    /** Submissions that were repeated happened after the process knew the time; clocks may differ. */
    private static final Duration TWINS_SINCE = Duration.ofMinutes(20);

    private final BaseUrl base;
    private final Caller caller;
    private final InstantSource clock;
    private final OwnJobs own = new OwnJobs();
    private final JobFinder finder;
    private final JobBoard board;
    private final Submitter submitter;

    /**
     * @param caller for the coordinator
     * @param settle how long a job may take to appear after the connection it was submitted over broke
     */
    CoordinatorClient(BaseUrl base, Caller caller, Backoff backoff, InstantSource clock, Duration settle) {
        this.base = base;
        this.caller = caller;
        this.clock = clock;
        this.finder = new JobFinder(this, own);
        this.board = new JobBoard(this);
        this.submitter =
                new Submitter(caller, backoff, clock, base.path("v1", "jobs").build(), settle, own, finder);
    }

    /** Which protocol the coordinator speaks; asks when that is not known yet. */
    public Profile profile(CallScope scope) {
        return caller.profile(scope);
    }

    /**
     * Whether the operator's rules let anything be paid in this network, past the coordinator too.
     *
     * @throws OpenClawException INVALID_CONFIG when the coordinator is too old for them; UNREACHABLE when that cannot be seen
     */
    public void requireYoungEnough(CallScope scope) {
        caller.requireYoungEnough(scope);
    }

    /**
     * Submits a job, at most once: when an answer is lost, the job is looked up by its reference before anything is
     * repeated.
     */
    public JobView submit(JobSubmission submission, CallScope scope) throws SubmitException {
        JobView job = submitter.submit(submission, scope);
        return submission.payment().isEmpty() || job.paymentStatus().isPresent() ? job : withPayment(job, scope);
    }

    /** Some coordinators do not show in the job what became of its payment. */
    private JobView withPayment(JobView job, CallScope scope) {
        try {
            return jobPayment(job.jobId(), scope).map(job::with).orElse(job);
        } catch (OpenClawException e) {
            // The job is there all the same; that nothing is known of its payment shows in the view.
            log.atWarn().addKeyValue("job", job.jobId()).log("aitbc payment not read: {}", e.getMessage());
            return job;
        }
    }

    /**
     * The state of a job. When the limits leave no room to look at each job, the list is read for all of them together; it
     * does not notice that a job has expired.
     *
     * @param patience how long to wait for a coordinator that asks to come back later
     */
    public JobView job(String jobId, Duration patience, CallScope scope) {
        if (caller.delay(RouteClass.JOB).compareTo(CROWDED) > 0) {
            Optional<JobView> listed = board.find(jobId, scope);
            if (listed.isPresent()) {
                return listed.get();
            }
        }
        Reply reply = read(RouteClass.JOB, base.path("v1", "jobs", jobId).build(), patience, scope);
        return JobView.parse("job", Json.tree("job", caller.body("the state of a job", reply)));
    }

    /** Result and latest receipt. Meant for completed jobs only: for all others the coordinator says "not ready" for ever. */
    public JobResult result(String jobId, CallScope scope) {
        Reply reply =
                read(RouteClass.RESULT, base.path("v1", "jobs", jobId, "result").build(), LONG_PATIENCE, scope);
        return JobResult.parse("result", caller.body("the result of a job", reply));
    }

    /** The latest receipt; empty when there is none yet, or the coordinator has no key to sign one. */
    public Optional<Receipt> receipt(String jobId, CallScope scope) {
        Reply reply = read(
                RouteClass.RECEIPT, base.path("v1", "jobs", jobId, "receipt").build(), PATIENCE, scope);
        return reply.status() == 404 ? Optional.empty() : Receipt.parse(caller.body("the receipt of a job", reply));
    }

    /** All receipts of a job, in the coordinator's order. */
    public List<Receipt> receipts(String jobId, CallScope scope) {
        Reply reply = read(
                RouteClass.RECEIPTS, base.path("v1", "jobs", jobId, "receipts").build(), PATIENCE, scope);
        String body = caller.body("the receipts of a job", reply);
        List<Receipt> receipts = new ArrayList<>();
        for (String item : Json.raw(body, "items").map(Json::elements).orElse(List.of())) {
            Receipt.parse(item).ifPresent(receipts::add);
        }
        return receipts;
    }

    /** @return false when the job had ended already */
    public boolean cancel(String jobId, CallScope scope) {
        Reply reply = write(
                RouteClass.CANCEL, base.path("v1", "jobs", jobId, "cancel").build(), "{}", scope);
        if (reply.status() == 409) {
            return false;
        }
        caller.body("canceling a job", reply);
        return true;
    }

    /** Our jobs, newest first. Expiry is not evaluated in this list: an expired job may show as QUEUED. */
    public List<JobView> jobs(JobQuery query, CallScope scope) {
        return page(query, scope).jobs();
    }

    JobPage page(JobQuery query, CallScope scope) {
        HttpUrl.Builder url = base.path("v1", "jobs")
                .addQueryParameter("limit", Integer.toString(query.limit()))
                .addQueryParameter("offset", Integer.toString(query.offset()));
        query.status().ifPresent(status -> url.addQueryParameter("status", status.name()));
        query.type().ifPresent(type -> url.addQueryParameter("job_type", type));
        Reply reply = read(RouteClass.JOB_LIST, url.build(), LONG_PATIENCE, scope);
        return JobPage.parse(caller.body("the list of jobs", reply));
    }

    /**
     * Looks for jobs by our references.
     *
     * @param since none was submitted before
     */
    public Map<String, Located> find(Collection<String> references, Instant since, CallScope scope) {
        return finder.find(references, since, scope);
    }

    /**
     * Cancels the copies of jobs whose submission was repeated and arrived twice after all, and fetches their money back. Costs
     * nothing as long as nothing was repeated.
     */
    public void cancelTwins(CallScope scope) {
        Instant now = clock.instant();
        List<String> repeated = own.repeated(now);
        if (repeated.isEmpty()) {
            return;
        }
        finder.find(repeated, now.minus(TWINS_SINCE), scope).values().forEach(located -> {
            // Without one that we know, the answer to the repeated submission is still under way.
            if (located instanceof Located.Found(var jobs)
                    && jobs.stream().anyMatch(job -> own.contains(job.jobId()))) {
                jobs.stream().filter(job -> !own.contains(job.jobId())).forEach(job -> discard(job, scope));
            }
        });
    }

    /** Cancels a copy of a job and fetches its money back. */
    public void discard(JobView job, CallScope scope) {
        if (job.state() == JobState.CANCELED) {
            return;
        }
        cancel(job.jobId(), scope);
        job.paymentId().ifPresent(payment -> refund(payment, job.jobId(), "duplicate", scope));
        log.atWarn().addKeyValue("job", job.jobId()).log("aitbc duplicate job canceled");
    }

    /** @return empty when the job has no payment */
    public Optional<PaymentView> jobPayment(String jobId, CallScope scope) {
        return payment(base.path("v1", "jobs", jobId, "payment").build(), scope);
    }

    public Optional<PaymentView> payment(String paymentId, CallScope scope) {
        return payment(base.path("v1", "payments", paymentId).build(), scope);
    }

    /** What the coordinator states about a payment; nobody signs it. */
    public Optional<PaymentView> paymentReceipt(String paymentId, CallScope scope) {
        return payment(base.path("v1", "payments", paymentId, "receipt").build(), scope);
    }

    private Optional<PaymentView> payment(HttpUrl url, CallScope scope) {
        Reply reply = read(RouteClass.PAYMENT, url, PATIENCE, scope);
        return reply.status() == 404
                ? Optional.empty()
                : Optional.of(PaymentView.parse("payment", caller.body("a payment", reply)));
    }

    /** @return false when the coordinator refuses, as it does for money that was released */
    public boolean refund(String paymentId, String jobId, String reason, CallScope scope) {
        return change("refund", paymentId, jobId, reason, scope);
    }

    /** @return false when the coordinator refuses, as it does for money that went elsewhere already */
    public boolean release(String paymentId, String jobId, String reason, CallScope scope) {
        return change("release", paymentId, jobId, reason, scope);
    }

    private boolean change(String verb, String paymentId, String jobId, String reason, CallScope scope) {
        ObjectNode body = Json.MAPPER
                .createObjectNode()
                .put("job_id", jobId)
                .put("payment_id", paymentId)
                .put("reason", reason);
        Reply reply = write(
                RouteClass.PAYMENT_CHANGE,
                base.path("v1", "payments", paymentId, verb).build(),
                Json.MAPPER.writeValueAsString(body),
                scope);
        if (reply.status() == 400) {
            return false;
        }
        caller.body("the " + verb + " of a payment", reply);
        return true;
    }

    /** Asks whether the coordinator is there; public. */
    public void health(CallScope scope) {
        HttpUrl url = base.path("health").build();
        caller.body(
                "health",
                caller.repeatableOpen(
                        RouteClass.HEALTH, request -> request.url(url).build(), Duration.ZERO, scope));
    }

    private Reply read(RouteClass route, HttpUrl url, Duration patience, CallScope scope) {
        return caller.repeatable(route, request -> request.url(url).build(), patience, scope);
    }

    private Reply write(RouteClass route, HttpUrl url, String json, CallScope scope) {
        return caller.repeatable(
                route, request -> request.url(url).post(new OnceBody(json)).build(), LONG_PATIENCE, scope);
    }
}
