package io.aitbc.openclaw.devnet;

import java.math.BigInteger;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The registered miners and which job each gets. Guarded by the lock of the {@link Coordinator}. */
final class Miners {
    private static final BigInteger MOST_CONCURRENCY = BigInteger.valueOf(1000);

    private final InstantSource clock;
    private final QuirkBoard quirks;
    private final Jobs jobs;
    private final Map<String, Miner> miners = new LinkedHashMap<>();

    Miners(InstantSource clock, QuirkBoard quirks, Jobs jobs) {
        this.clock = clock;
        this.quirks = quirks;
        this.jobs = jobs;
    }

    Miner register(String id, ObjectNode body) {
        Miner miner = miners.computeIfAbsent(id, name -> new Miner(name, clock.instant()));
        describe(miner, body);
        miner.status = "ONLINE";
        return miner;
    }

    void describe(Miner miner, ObjectNode body) {
        miner.capabilities = Validation.requiredObject(body, "capabilities");
        miner.concurrency = Validation.present(body, "concurrency")
                .map(value -> Validation.integer(value, "body.concurrency"))
                .map(value -> value.max(BigInteger.ZERO).min(MOST_CONCURRENCY).intValue())
                .orElse(1);
        miner.region = Validation.optionalText(body, "region");
    }

    /** A miner that registered once counts as online for ever: nothing here watches heartbeats. */
    void heartbeat(Miner miner, ObjectNode body) {
        Validation.present(body, "inflight")
                .map(value -> Validation.integer(value, "body.inflight"))
                .ifPresent(value -> miner.inflight =
                        value.max(BigInteger.ZERO).min(MOST_CONCURRENCY).intValue());
        miner.status = Validation.optionalText(body, "status").orElse("ONLINE");
        miner.metadata = Validation.optionalObject(body, "metadata").orElseGet(Json::object);
    }

    Optional<Miner> find(String id) {
        return Optional.ofNullable(miners.get(id));
    }

    Collection<Miner> all() {
        return miners.values();
    }

    boolean remove(String id) {
        return miners.remove(id) != null;
    }

    /** Gives the oldest matching job to a miner. */
    Optional<Job> poll(Miner miner) {
        if (!miner.free()) {
            return Optional.empty();
        }
        for (Job job : jobs.queued()) {
            if (eligible(miner, job) && !leftToBetter(miner, job)) {
                job.state = JobState.RUNNING;
                job.miner = Optional.of(miner.id);
                miner.inflight++;
                return Optional.of(job);
            }
        }
        return Optional.empty();
    }

    /** No miner of the devnet has posted a bond. */
    private boolean eligible(Miner miner, Job job) {
        boolean bond = job.constraints.flag("bond_required") || job.highValue();
        return miner.matches(job.constraints) && (!bond || quirks.on(Quirk.IDEAL));
    }

    /** The better miner may be long dead; then the job waits for it until it expires. */
    private boolean leftToBetter(Miner miner, Job job) {
        return miners.values().stream()
                .anyMatch(other -> !other.id.equals(miner.id)
                        && other.status.equals("ONLINE")
                        && other.free()
                        && eligible(other, job)
                        && other.reputation() > miner.reputation());
    }
}
