package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.OpenClawException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import okhttp3.HttpUrl;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Client of one AITBC coordinator, as the account of one wallet. Safe for many threads.
 *
 * <p>All methods fail with {@link OpenClawException}: UNREACHABLE, NOT_AUTHORIZED, MISSING_KEY, OVERLOADED,
 * MALFORMED_ANSWER, CANCELED, or PROVIDER_FAILED with the coordinator's status and text.
 */
public final class CoordinatorClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final BaseUrl base;
    private final Http http;
    private final Caller caller;
    private final Submitter submitter;

    public CoordinatorClient(BaseUrl base, Optional<Wallet> wallet, InstantSource clock, RandomGenerator random) {
        this.base = base;
        this.http = new Http(clock, base.encrypted());
        Backoff backoff = new Backoff(random);
        this.caller = new Caller(http, new Session(base, wallet, http, clock), backoff);
        this.submitter =
                new Submitter(this, caller, backoff, base.path("v1", "jobs").build());
    }

    /**
     * Submits a job, at most once: when an answer is lost, the job is looked up by its reference before anything is
     * repeated.
     */
    public JobView submit(JobSubmission submission, CallScope scope) throws SubmitException {
        return submitter.submit(submission, scope);
    }

    /** @param patience how long to wait for a coordinator that asks to come back later */
    public JobView job(String jobId, Duration patience, CallScope scope) {
        Reply reply = read(base.path("v1", "jobs", jobId).build(), patience, scope);
        return JobView.parse("job", Json.tree("job", expect("the state of a job", reply)));
    }

    /** Result and latest receipt. Meant for completed jobs only: for all others the coordinator says "not ready" for ever. */
    public JobResult result(String jobId, CallScope scope) {
        Reply reply = read(base.path("v1", "jobs", jobId, "result").build(), PATIENCE, scope);
        return JobResult.parse("result", expect("the result of a job", reply));
    }

    /** All receipts of a job, in the coordinator's order. */
    public List<Receipt> receipts(String jobId, CallScope scope) {
        Reply reply = read(base.path("v1", "jobs", jobId, "receipts").build(), PATIENCE, scope);
        String body = expect("the receipts of a job", reply);
        List<Receipt> receipts = new ArrayList<>();
        for (String item : Json.raw(body, "items").map(Json::elements).orElse(List.of())) {
            Receipt.parse(item).ifPresent(receipts::add);
        }
        return receipts;
    }

    /** @return false when the job had ended already */
    public boolean cancel(String jobId, CallScope scope) {
        Reply reply = write(base.path("v1", "jobs", jobId, "cancel").build(), "{}", scope);
        if (reply.status() == 409) {
            return false;
        }
        expect("canceling a job", reply);
        return true;
    }

    /** Our jobs, newest first. Expiry is not evaluated in this list: an expired job may show as QUEUED. */
    public List<JobView> jobs(int limit, int offset, CallScope scope) {
        HttpUrl url = base.path("v1", "jobs")
                .addQueryParameter("limit", Integer.toString(limit))
                .addQueryParameter("offset", Integer.toString(offset))
                .build();
        JsonNode node = Json.tree("jobs", expect("the list of jobs", read(url, PATIENCE, scope)));
        List<JobView> jobs = new ArrayList<>();
        for (JsonNode item : node.path("items")) {
            jobs.add(JobView.parse("jobs", item));
        }
        return jobs;
    }

    /** @return empty when the job has no payment */
    public Optional<PaymentView> jobPayment(String jobId, CallScope scope) {
        return payment(base.path("v1", "jobs", jobId, "payment").build(), scope);
    }

    public Optional<PaymentView> payment(String paymentId, CallScope scope) {
        return payment(base.path("v1", "payments", paymentId).build(), scope);
    }

    private Optional<PaymentView> payment(HttpUrl url, CallScope scope) {
        Reply reply = read(url, PATIENCE, scope);
        return reply.status() == 404
                ? Optional.empty()
                : Optional.of(PaymentView.parse("payment", expect("a payment", reply)));
    }

    /** @return false when the coordinator refuses, as it does for money that was released */
    public boolean refund(String paymentId, String jobId, String reason, CallScope scope) {
        ObjectNode body = Json.MAPPER
                .createObjectNode()
                .put("job_id", jobId)
                .put("payment_id", paymentId)
                .put("reason", reason);
        Reply reply = write(
                base.path("v1", "payments", paymentId, "refund").build(), Json.MAPPER.writeValueAsString(body), scope);
        if (reply.status() == 400) {
            return false;
        }
        expect("a refund", reply);
        return true;
    }

    /** GPUs for rent; public. */
    public List<GpuListing> gpus(int limit, CallScope scope) {
        HttpUrl url = base.path("v1", "marketplace", "gpu", "list")
                .addQueryParameter("limit", Integer.toString(limit))
                .build();
        Reply reply = caller.open(request -> request.url(url).build(), PATIENCE, scope);
        List<GpuListing> gpus = new ArrayList<>();
        for (JsonNode item : Json.tree("gpu list", expect("the GPU list", reply))) {
            GpuListing.parse(item).ifPresent(gpus::add);
        }
        return gpus;
    }

    /** Asks whether the coordinator is there; public. */
    public void health(CallScope scope) {
        Reply reply =
                caller.open(request -> request.url(base.path("health").build()).build(), Duration.ZERO, scope);
        expect("health", reply);
    }

    private Reply read(HttpUrl url, Duration patience, CallScope scope) {
        return caller.repeatable(request -> request.url(url).build(), patience, scope);
    }

    private Reply write(HttpUrl url, String json, CallScope scope) {
        return caller.repeatable(
                request -> request.url(url).post(new OnceBody(json)).build(), PATIENCE, scope);
    }

    private static String expect(String source, Reply reply) {
        if (!reply.ok()) {
            throw Caller.failure(source, reply);
        }
        return reply.body();
    }

    @Override
    public void close() {
        http.close();
    }
}
