package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.PluginConfig;
import io.aitbc.openclaw.provider.privacy.Redactor;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of all settings of the plugin, so that a misspelt one is not taken for a set one. */
final class KnownSettings {
    private static final Set<String> NETWORK = Set.of(
            "coordinator-url",
            "marketplace-url",
            "chain-url",
            "agent-registry-url",
            "wallet-key",
            "wallet-key-file",
            "api-key",
            "profile",
            "lowest-profile",
            "rate-limits",
            "lost-answer-wait",
            "test-network",
            "offer-refresh",
            "context-length",
            "assumed-context-length");

    private static final Set<String> JOBS = Set.of(
            "trusted-receipt-keys",
            "require-receipt",
            "max-price-per-job",
            "daily-budget",
            "max-output-tokens",
            "job-ttl",
            "queue-timeout",
            "run-timeout",
            "poll-interval",
            "ignored-options",
            "privacy");

    private static final Set<String> DIRECT = Set.of(
            "transport",
            "direct",
            "direct-hosts",
            "direct-ports",
            "direct-ca-file",
            "direct-first-byte-timeout",
            "direct-idle-timeout",
            "direct-timeout",
            "direct-allow-loopback");

    private static final Set<String> MINER = Set.of(
            "miner.enabled",
            "miner.id",
            "miner.key",
            "miner.key-file",
            "miner.models",
            "miner.price",
            "miner.region",
            "miner.gpu",
            "miner.gpu-memory-mb",
            "miner.concurrency",
            "miner.max-prompt-bytes",
            "miner.max-output-tokens",
            "miner.max-job-time",
            "miner.daily-jobs",
            "miner.daily-time",
            "miner.poll-interval",
            "miner.heartbeat-interval",
            "miner.report-failures",
            "miner.stop-grace",
            "miner.payout-address",
            "miner.offer");

    private KnownSettings() {}

    /** @throws io.aitbc.openclaw.api.OpenClawException with INVALID_CONFIG, naming the first that is not known */
    static void require(PluginConfig config) {
        Stream<String> patterns =
                config.values().keySet().stream().filter(key -> key.startsWith(Redactor.PATTERN_PREFIX));
        config.requireKnown(Stream.concat(names().stream(), patterns).collect(Collectors.toUnmodifiableSet()));
    }

    static Set<String> names() {
        return Stream.of(NETWORK, JOBS, DIRECT, MINER).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }
}
