package io.aitbc.openclaw.devnet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The registered miners and which job each gets. Guarded by the lock of the {@link Coordinator}. */
final class Miners {
    private static final BigInteger MOST_CONCURRENCY = BigInteger.valueOf(1000);

    private static final int MOST_MINERS = 10_000;

    /** Whom {@link Quirk#GHOST_MINER} registers. */
    static final String GHOST = "devnet-ghost-1";

    private final InstantSource clock;
    private final QuirkBoard quirks;
    private final Jobs jobs;

    /** Neither reputation nor bonds, only age. */
    private final boolean fifo;

    private final Map<String, Miner> miners = new LinkedHashMap<>();
    private final Map<String, BigDecimal> bonds = new HashMap<>();

    Miners(InstantSource clock, QuirkBoard quirks, Jobs jobs, boolean fifo) {
        this.fifo = fifo;
        this.clock = clock;
        this.quirks = quirks;
        this.jobs = jobs;
    }

    Miner register(String id, ObjectNode body) {
        if (miners.size() >= MOST_MINERS && !miners.containsKey(id)) {
            throw ApiFailure.detail(503, "The devnet has too many miners");
        }
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
        if (id.equals(GHOST)) {
            quirks.disable(Quirk.GHOST_MINER);
        }
        bonds.remove(id);
        return miners.remove(id) != null;
    }

    /** Gives the oldest matching job to a miner. */
    Optional<Job> poll(Miner miner) {
        haunt(miner);
        if (!miner.free()) {
            return Optional.empty();
        }
        Optional<Job> oldest = jobs.oldestQueued(job -> eligible(miner, job) && !leftToBetter(miner, job));
        oldest.ifPresent(job -> {
            jobs.move(job, JobState.RUNNING);
            job.miner = Optional.of(miner.id);
            miner.inflight++;
        });
        return oldest;
    }

    /** Where there is a bond to be had, nobody with less than the job asks for gets it. */
    private boolean eligible(Miner miner, Job job) {
        boolean gated = !fifo && (job.constraints.flag("bond_required") || job.highValue());
        return miner.matches(job.constraints) && (!gated || quirks.on(Quirk.IDEAL) || bonded(miner, job));
    }

    private boolean bonded(Miner miner, Job job) {
        BigDecimal bond = bonds.getOrDefault(miner.id, BigDecimal.ZERO);
        BigDecimal least = job.constraints.number("min_bond_amount").orElse(BigDecimal.ZERO);
        return bond.signum() > 0 && bond.compareTo(least) >= 0;
    }

    /** What a miner has at stake. */
    void bond(String minerId, BigDecimal amount) {
        bonds.put(minerId, amount);
    }

    BigDecimal bond(String minerId) {
        return bonds.getOrDefault(minerId, BigDecimal.ZERO);
    }

    /** The better miner may be long dead; then the job waits for it until it expires. */
    private boolean leftToBetter(Miner miner, Job job) {
        return !fifo
                && miners.values().stream()
                        .anyMatch(other -> !other.id.equals(miner.id)
                                && other.status.equals("ONLINE")
                                && other.free()
                                && eligible(other, job)
                                && other.reputation() > miner.reputation());
    }

    /** Brings a ghost that can whatever the polling miner can, and more for less; or takes it away. */
    private void haunt(Miner victim) {
        if (!quirks.on(Quirk.GHOST_MINER)) {
            miners.remove(GHOST);
            bonds.remove(GHOST);
            return;
        }
        Miner ghost = miners.computeIfAbsent(GHOST, name -> new Miner(name, clock.instant()));
        ghost.capabilities = victim.capabilities.deepCopy();
        ghost.capabilities.put("reputation_score", 1000);
        ghost.region = victim.region;
        ghost.concurrency = MOST_CONCURRENCY.intValue();
        bonds.put(GHOST, new BigDecimal(1_000_000));
    }

    void reset() {
        miners.values().forEach(miner -> {
            miner.inflight = 0;
            miner.completed = 0;
            miner.failed = 0;
        });
    }
}
