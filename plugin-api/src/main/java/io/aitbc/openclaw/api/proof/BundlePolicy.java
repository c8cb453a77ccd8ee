package io.aitbc.openclaw.api.proof;

import io.aitbc.openclaw.api.AssuranceLevel;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * When a bundle is good enough. What is not trusted here does not hold, whatever the bundle says.
 *
 * @param hostKeys Ed25519 keys of hosts, Base64url
 * @param receiptKeys Ed25519 keys of coordinators, Base64url
 * @param proofKeys SHA-256 of verification keys of proofs, hexadecimal digits
 * @param required names of links that have to be there, beside those that every bundle has
 * @param receiptMayLack whether an answer of a network is good enough without a receipt
 * @param about the job or request that the bundle has to be of: a request where it begins with {@link #REQUEST}, otherwise a job, as a host could name a
 *     request after somebody's job
 * @param levels that are good enough; empty: each is
 * @param maxAge how long ago the answer may have ended, as the host says
 * @param keptCheckpoint of the host's log, kept from earlier: the bundle has to show that the log only grew since
 * @param minerKeys keys of miners for receipts that they sign themselves, 64 hexadecimal digits
 */
public record BundlePolicy(
        Set<String> hostKeys,
        Set<String> receiptKeys,
        Set<String> proofKeys,
        Set<String> required,
        boolean receiptMayLack,
        Optional<String> about,
        Set<AssuranceLevel> levels,
        Optional<Duration> maxAge,
        Optional<String> keptCheckpoint,
        Set<String> minerKeys) {
    /** What ids of requests begin with. */
    public static final String REQUEST = "req-";

    public BundlePolicy {
        hostKeys = Set.copyOf(hostKeys);
        receiptKeys = Set.copyOf(receiptKeys);
        proofKeys = Set.copyOf(proofKeys);
        required = Set.copyOf(required);
        levels = Set.copyOf(levels);
        minerKeys = Set.copyOf(minerKeys);
    }

    /** One that takes each level and age, and knows no earlier checkpoint and no miner. */
    public BundlePolicy(
            Set<String> hostKeys,
            Set<String> receiptKeys,
            Set<String> proofKeys,
            Set<String> required,
            boolean receiptMayLack,
            Optional<String> about) {
        this(
                hostKeys,
                receiptKeys,
                proofKeys,
                required,
                receiptMayLack,
                about,
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Set.of());
    }

    public BundlePolicy withLevels(Set<AssuranceLevel> others) {
        return with(others, maxAge, keptCheckpoint, minerKeys);
    }

    public BundlePolicy withMaxAge(Duration age) {
        return with(levels, Optional.of(age), keptCheckpoint, minerKeys);
    }

    public BundlePolicy withKeptCheckpoint(String checkpoint) {
        return with(levels, maxAge, Optional.of(checkpoint), minerKeys);
    }

    public BundlePolicy withMinerKeys(Set<String> keys) {
        return with(levels, maxAge, keptCheckpoint, keys);
    }

    private BundlePolicy with(
            Set<AssuranceLevel> good, Optional<Duration> age, Optional<String> checkpoint, Set<String> miners) {
        return new BundlePolicy(
                hostKeys, receiptKeys, proofKeys, required, receiptMayLack, about, good, age, checkpoint, miners);
    }
}
