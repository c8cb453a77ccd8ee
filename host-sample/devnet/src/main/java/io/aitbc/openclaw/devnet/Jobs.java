package io.aitbc.openclaw.devnet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** The jobs and their states. Guarded by the lock of the {@link Coordinator}. */
final class Jobs {
    static final int DEFAULT_TTL_SECONDS = 900;

    private static final long LONGEST_TTL_SECONDS = 10L * 365 * 24 * 3600;

    /** Jobs that are not finished cannot be forgotten: beyond so many times the limit there are no more. */
    private static final int OPEN_FACTOR = 10;

    private final Identifiers identifiers;
    private final InstantSource clock;
    private final QuirkBoard quirks;
    private final Payments payments;
    private final Proving proving;
    private final int most;
    private final LinkedHashMap<String, Job> jobs = new LinkedHashMap<>();
    private final Map<String, LinkedHashMap<String, Job>> byClient = new HashMap<>();
    private final Map<String, Job> waiting = new LinkedHashMap<>();

    /** In the order in which they were first finished. */
    private final Deque<Job> finished = new ArrayDeque<>();

    private final Deque<Job> canceledBeforeStart = new ArrayDeque<>();

    Jobs(
            Identifiers identifiers,
            InstantSource clock,
            QuirkBoard quirks,
            Payments payments,
            Proving proving,
            int most) {
        this.identifiers = identifiers;
        this.clock = clock;
        this.quirks = quirks;
        this.payments = payments;
        this.proving = proving;
        this.most = most;
    }

    Job submit(String client, ObjectNode body) {
        ObjectNode payload = Validation.requiredObject(body, "payload");
        Constraints constraints = Constraints.parse(Validation.optionalObject(body, "constraints"));
        long ttl = Validation.present(body, "ttl_seconds")
                .map(value -> Validation.integer(value, "body.ttl_seconds"))
                .map(Jobs::timeToLive)
                .orElse((long) DEFAULT_TTL_SECONDS);
        Optional<BigDecimal> amount = Payments.amount(body);
        if (jobs.size() >= (long) OPEN_FACTOR * most) {
            throw ApiFailure.detail(503, "The devnet has too many open jobs");
        }
        Optional<RecordedProofs.Recorded> recorded = proving.reserve(
                payload,
                constraints.flag("zk_proof_required"),
                amount.filter(Job::highValue).isPresent());
        String id = recorded.flatMap(RecordedProofs.Recorded::job)
                .map(RecordedProofs.Job::jobId)
                .orElseGet(() -> identifiers.hex(16));
        Instant now = clock.instant();
        Job job = new Job(id, client, payload, constraints, now, now.plusSeconds(ttl), recorded);
        payments.open(job, amount, body);
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
        byClient.computeIfAbsent(job.client, name -> new LinkedHashMap<>()).put(job.id, job);
        waiting.put(job.id, job);
        while (jobs.size() > most && !finished.isEmpty()) {
            forget(finished.remove());
        }
    }

    private void forget(Job job) {
        jobs.remove(job.id);
        job.payment.ifPresent(payments::forget);
        byClient.computeIfPresent(job.client, (client, mine) -> {
            mine.remove(job.id);
            return mine.isEmpty() ? null : mine;
        });
    }

    /** Forgets all of them. */
    void reset() {
        jobs.clear();
        byClient.clear();
        waiting.clear();
        finished.clear();
        canceledBeforeStart.clear();
        payments.reset();
        proving.reset();
    }

    Optional<Job> find(String id) {
        return Optional.ofNullable(jobs.get(id));
    }

    /** Oldest first. */
    SequencedCollection<Job> all() {
        return jobs.sequencedValues();
    }

    /** A client's jobs, newest first. */
    SequencedCollection<Job> of(String client) {
        LinkedHashMap<String, Job> mine = byClient.get(client);
        return mine == null ? List.of() : mine.sequencedValues().reversed();
    }

    /** Changes the state; nothing here asks whether the change makes sense. */
    void move(Job job, JobState next) {
        boolean ends = job.state().open() && !next.open();
        job.state(next);
        if (next != JobState.QUEUED) {
            waiting.remove(job.id);
        }
        if (ends) {
            finished.add(job);
        }
    }

    /** The oldest that waits for a miner and fits. Those before it that turn out to be expired are expired. */
    Optional<Job> oldestQueued(Predicate<Job> fits) {
        List<Job> late = new ArrayList<>();
        Optional<Job> oldest = Optional.empty();
        for (Job job : waiting.values()) {
            if (overdue(job)) {
                late.add(job);
            } else if (fits.test(job)) {
                oldest = Optional.of(job);
                break;
            }
        }
        late.forEach(this::expire);
        return oldest;
    }

    private boolean overdue(Job job) {
        return clock.instant().isAfter(job.expiresAt);
    }

    /** Expiry is noticed when somebody looks, and then for running jobs too. */
    void expire(Job job) {
        if (job.state().open() && overdue(job)) {
            move(job, JobState.EXPIRED);
            job.error = Optional.of("job expired");
            refundIfIdeal(job);
        }
    }

    /** @return false when it is too late */
    boolean cancel(Job job) {
        expire(job);
        if (!job.state().open()) {
            return false;
        }
        if (job.state() == JobState.QUEUED && quirks.take(Quirk.LATE_RESULT_AFTER_CANCEL)) {
            canceledBeforeStart.add(job);
        }
        move(job, JobState.CANCELED);
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
