package io.aitbc.openclaw.provider.coordinator;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits between attempts, with jitter so that many clients do not come back at the same moment. */
public final class Backoff {
    private final RandomGenerator random;

    public Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** Attempt 0 waits about {@code first}, each later one twice as long, at most {@code longest}. */
    public Duration exponential(int attempt, Duration first, Duration longest) {
        long millis = Math.min(longest.toMillis(), first.toMillis() << Math.min(attempt, 20));
        return spread(Duration.ofMillis(millis));
    }

    /** Between 80 and 120 percent. */
    public Duration spread(Duration duration) {
        return Duration.ofNanos((long) (duration.toNanos() * (0.8 + 0.4 * random.nextDouble())));
    }

    /** At least what the server asked for, and up to a fifth more. */
    public Duration atLeast(Duration duration) {
        return Duration.ofNanos((long) (duration.toNanos() * (1 + 0.2 * random.nextDouble())));
    }
}
