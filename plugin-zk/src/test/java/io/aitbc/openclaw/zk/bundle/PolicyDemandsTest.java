package io.aitbc.openclaw.zk.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.proof.BundlePolicy;
import io.aitbc.openclaw.api.proof.LinkVerdict;
import io.aitbc.openclaw.zk.chain.TestingChain;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyDemandsTest {
    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");

    @Test
    void nothing_demanded_is_no_verdict() {
        assertThat(verdict(TestingChain.nobody(), NOW, AssuranceLevel.NONE)).isEmpty();
    }

    @Test
    void only_the_levels_that_are_named_are_good_enough() {
        BundlePolicy policy = TestingChain.nobody().withLevels(Set.of(AssuranceLevel.SIGNED, AssuranceLevel.ATTESTED));
        for (AssuranceLevel level : AssuranceLevel.values()) {
            LinkVerdict verdict = verdict(policy, NOW, level).orElseThrow();
            assertThat(verdict.link()).isEqualTo("policy");
            assertThat(verdict.isGood()).isEqualTo(policy.levels().contains(level));
        }
        assertThat(verdict(policy, NOW, AssuranceLevel.NONE).orElseThrow().reason())
                .isEqualTo("its level is NONE, and only [SIGNED, ATTESTED] is good enough");
    }

    @Test
    void answers_that_are_too_old_or_not_yet_are_not_good_enough() {
        BundlePolicy policy = TestingChain.nobody().withMaxAge(Duration.ofDays(30));
        assertThat(isGood(policy, NOW)).isTrue();
        assertThat(isGood(policy, NOW.minus(Duration.ofDays(30)))).isTrue();
        assertThat(isGood(policy, NOW.minus(Duration.ofDays(30)).minusMillis(1)))
                .isFalse();
        assertThat(isGood(policy, NOW.plus(Duration.ofMinutes(5)))).isTrue();
        assertThat(isGood(policy, NOW.plus(Duration.ofMinutes(6)))).isFalse();
        assertThat(isGood(policy, Instant.MIN)).isFalse();
        assertThat(isGood(policy, Instant.MAX)).isFalse();
    }

    private static boolean isGood(BundlePolicy policy, Instant ended) {
        return verdict(policy, ended, AssuranceLevel.NONE).orElseThrow().isGood();
    }

    private static Optional<LinkVerdict> verdict(BundlePolicy policy, Instant ended, AssuranceLevel level) {
        return new PolicyDemands(policy, InstantSource.fixed(NOW)).verdict(ended, level);
    }
}
