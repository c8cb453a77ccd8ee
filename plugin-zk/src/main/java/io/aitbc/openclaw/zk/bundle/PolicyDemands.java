package io.aitbc.openclaw.zk.bundle;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.proof.BundlePolicy;
import io.aitbc.openclaw.api.proof.LinkVerdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.TreeSet;

/** What a policy demands of the answer itself, beside links that hold. */
final class PolicyDemands {
    /** Clocks of two machines may differ by so much. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final BundlePolicy policy;
    private final InstantSource clock;

    PolicyDemands(BundlePolicy policy, InstantSource clock) {
        this.policy = policy;
        this.clock = clock;
    }

    /** Empty when nothing is demanded. */
    Optional<LinkVerdict> verdict(Instant ended, AssuranceLevel level) {
        if (policy.levels().isEmpty() && policy.maxAge().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(wrongLevel(level)
                .or(() -> wrongAge(ended))
                .map(fault -> Links.fails(Links.POLICY, fault))
                .orElseGet(() -> Links.holds(Links.POLICY, "level and age are as demanded")));
    }

    private Optional<String> wrongLevel(AssuranceLevel level) {
        return policy.levels().isEmpty() || policy.levels().contains(level)
                ? Optional.empty()
                : Optional.of(
                        "its level is %s, and only %s is good enough".formatted(level, new TreeSet<>(policy.levels())));
    }

    private Optional<String> wrongAge(Instant ended) {
        Instant now = clock.instant();
        if (policy.maxAge().isEmpty()) {
            return Optional.empty();
        }
        if (ended.isAfter(now.plus(SKEW))) {
            return Optional.of("it says the answer ended at %s, which is not yet: look at the clocks".formatted(ended));
        }
        return Duration.between(ended, now).compareTo(policy.maxAge().get()) <= 0
                ? Optional.empty()
                : Optional.of("the answer ended at %s, longer ago than %s"
                        .formatted(ended, policy.maxAge().get()));
    }
}
