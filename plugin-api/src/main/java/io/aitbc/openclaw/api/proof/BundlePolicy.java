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
 * @param about the job or request that the bundle has to be of
 * @param levels that are good enough; empty: each is
 * @param maxAge how long ago the answer may have ended, as the host says
 * @param keptCheckpoint of the host's log, kept from earlier: the bundle has to show that the log only grew since
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
        Optional<String> keptCheckpoint) {
    public BundlePolicy {
        hostKeys = Set.copyOf(hostKeys);
        receiptKeys = Set.copyOf(receiptKeys);
        proofKeys = Set.copyOf(proofKeys);
        required = Set.copyOf(required);
        levels = Set.copyOf(levels);
    }

    /** One that takes each level and age, and knows no earlier checkpoint. */
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
                Optional.empty());
    }

    public BundlePolicy withLevels(Set<AssuranceLevel> others) {
        return new BundlePolicy(
                hostKeys, receiptKeys, proofKeys, required, receiptMayLack, about, others, maxAge, keptCheckpoint);
    }

    public BundlePolicy withMaxAge(Duration age) {
        return new BundlePolicy(
                hostKeys,
                receiptKeys,
                proofKeys,
                required,
                receiptMayLack,
                about,
                levels,
                Optional.of(age),
                keptCheckpoint);
    }

    public BundlePolicy withKeptCheckpoint(String checkpoint) {
        return new BundlePolicy(
                hostKeys,
                receiptKeys,
                proofKeys,
                required,
                receiptMayLack,
                about,
                levels,
                maxAge,
                Optional.of(checkpoint));
    }
}
