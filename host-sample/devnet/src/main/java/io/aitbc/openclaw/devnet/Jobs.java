package io.aitbc.openclaw.devnet;

import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The jobs and their states. Guarded by the lock of the {@link Coordinator}. */
final class Jobs {
    static final int DEFAULT_TTL_SECONDS = 900;

    /** Finished jobs beyond this number are forgotten, oldest first. */
    private static final int MOST_JOBS = 20_000;

    private static final long LONGEST_TTL_SECONDS = 10L * 365 * 24 * 3600;

    private final Identifiers identifiers;
    private final InstantSource clock;
    private final QuirkBoard quirks;
    private final Payments payments;
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final Map<String, Job> waiting = new LinkedHashMap<>();
    private final Deque<Job> canceledBeforeStart = new ArrayDeque<>();

    Jobs(Identifiers identifiers, InstantSource clock, QuirkBoard quirks, Payments payments) {
        this.identifiers = identifiers;
        this.clock = clock;
        this.quirks = quirks;
        this.payments = payments;
    }

    Job submit(String client, ObjectNode body) {
        ObjectNode payload = Validation.requiredObject(body, "payload");
        Constraints constraints = Constraints.parse(Validation.optionalObject(body, "constraints"));
        long ttl = Validation.present(body, "ttl_seconds")
                .map(value -> Validation.integer(value, "body.ttl_seconds"))
                .map(Jobs::timeToLive)
                .orElse((long) DEFAULT_TTL_SECONDS);
        Instant now = clock.instant();
        Job job = new Job(identifiers.hex(16), client, payload, constraints, now, now.plusSeconds(ttl));
        payments.open(job, body);
        add(job);
        return job;
    }

    private static long timeToLive(BigInteger seconds) {
        return seconds.max(BigInteger.ONE)
                .min(BigInteger.valueOf(LONGEST_TTL_SECONDS))
                .longValue();
    }

    private void add(Job job) {
        jobs.put(job.id, job);
        waiting.put(job.id, job);
        if (jobs.size() <= MOST_JOBS) {
            return;
        }
        for (Iterator<Job> eldest = jobs.values().iterator(); eldest.hasNext(); ) {
            Job candidate = eldest.next();
            if (!candidate.state.open()) {
                candidate.payment.ifPresent(payments::forget);
                eldest.remove();
                return;
            }
        }
    }

    Optional<Job> find(String id) {
        return Optional.ofNullable(jobs.get(id));
    }

    /** Oldest first. */
    Collection<Job> all() {
        return jobs.values();
    }

    /** A client's jobs, newest first. */
    List<Job> of(String client) {
        List<Job> mine = new ArrayList<>(
                jobs.values().stream().filter(job -> job.client.equals(client)).toList());
        return mine.reversed();
    }

    /** Those that wait for a miner, oldest first, without those that turn out to be expired. */
    List<Job> queued() {
        waiting.values().forEach(this::expire);
        waiting.values().removeIf(job -> job.state != JobState.QUEUED);
        return List.copyOf(waiting.values());
    }

    /** Expiry is noticed when somebody looks, and then for running jobs too. */
    void expire(Job job) {
        if (job.state.open() && clock.instant().isAfter(job.expiresAt)) {
            job.state = JobState.EXPIRED;
            job.error = Optional.of("job expired");
            refundIfIdeal(job);
        }
    }

    /** @return false when it is too late */
    boolean cancel(Job job) {
        expire(job);
        if (!job.state.open()) {
            return false;
        }
        if (job.state == JobState.QUEUED && quirks.take(Quirk.LATE_RESULT_AFTER_CANCEL)) {
            canceledBeforeStart.add(job);
        }
        job.state = JobState.CANCELED;
        job.error = Optional.of("canceled by client");
        refundIfIdeal(job);
        return true;
    }

    /** A canceled job that is to be computed all the same, if there is one. */
    Optional<Job> pollCanceled() {
        return Optional.ofNullable(canceledBeforeStart.poll());
    }

    void refundIfIdeal(Job job) {
        if (quirks.on(Quirk.IDEAL) && job.payment.filter(payments::refund).isPresent()) {
            job.paymentStatus = Optional.of("refunded");
        }
    }
}
