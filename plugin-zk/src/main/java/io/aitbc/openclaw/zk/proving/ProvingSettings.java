package io.aitbc.openclaw.zk.proving;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PluginConfig;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How proofs are made.
 *
 * @param queue proofs that may wait while one is made
 * @param timeLimit for one proof, from the moment it is taken from the queue
 * @param threads that make one proof together
 * @param externalProver program and its first arguments
 */
public record ProvingSettings(int queue, Duration timeLimit, int threads, Optional<String> externalProver) {
    private static final String QUEUE = "proof-queue";
    private static final String TIME_LIMIT = "proof-time-limit";
    private static final String THREADS = "prover-threads";
    private static final String EXTERNAL = "external-prover";
    public static final Set<String> KEYS = Set.of(QUEUE, TIME_LIMIT, THREADS, EXTERNAL);

    private static final int DEFAULT_QUEUE = 8;
    private static final int LONGEST_QUEUE = 1000;
    private static final Duration DEFAULT_TIME_LIMIT = Duration.ofMinutes(2);
    private static final Duration LONGEST_TIME_LIMIT = Duration.ofDays(1);
    private static final int MOST_THREADS = 64;

    /** @throws OpenClawException with INVALID_CONFIG */
    public static ProvingSettings of(PluginConfig config) {
        Duration timeLimit = config.duration(TIME_LIMIT, DEFAULT_TIME_LIMIT);
        if (!timeLimit.isPositive() || timeLimit.compareTo(LONGEST_TIME_LIMIT) > 0) {
            throw invalid("%s.%s must be more than 0 and at most a day".formatted(config.section(), TIME_LIMIT));
        }
        return new ProvingSettings(
                whole(config, QUEUE, DEFAULT_QUEUE, LONGEST_QUEUE),
                timeLimit,
                whole(config, THREADS, 1, MOST_THREADS),
                config.text(EXTERNAL).map(String::strip));
    }

    private static int whole(PluginConfig config, String key, int fallback, int most) {
        long value = config.integer(key, fallback);
        if (value < 1 || value > most) {
            throw invalid("%s.%s must be from 1 to %d, not %d".formatted(config.section(), key, most, value));
        }
        return (int) value;
    }

    private static OpenClawException invalid(String message) {
        return new OpenClawException(ErrorCode.INVALID_CONFIG, message);
    }

    Prover prover(SecureRandom random) {
        return externalProver.isPresent() ? new ExternalProver(externalProver.get()) : new OwnProver(random, threads);
    }
}
