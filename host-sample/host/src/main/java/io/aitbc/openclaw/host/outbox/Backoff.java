package io.aitbc.openclaw.host.outbox;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How long to wait after an attempt that failed. */
final class Backoff {
    /** Longer than this nobody is obeyed who asks to wait. */
    static final Duration LONGEST_ASKED = Duration.ofDays(1);

    private static final int MOST_DOUBLINGS = 30;

    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;

    Backoff(OutboxOptions options, RandomGenerator random) {
        this.first = options.firstPause();
        this.longest = options.longestPause();
        this.random = random;
    }

    /**
     * Doubles with each attempt; spread over the second half of the pause, so that lanes that failed together do not come back
     * together.
     *
     * @param attempts begun so far, at least one
     * @param asked how long the other side wants to be left alone; a little is added, never taken away
     */
    Duration after(int attempts, Optional<Duration> asked) {
        if (asked.isPresent()) {
            Duration wanted = asked.get().compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked.get();
            Duration pause = wanted.compareTo(first) < 0 ? first : wanted;
            return pause.plusMillis((long) (pause.toMillis() * 0.1 * random.nextDouble()));
        }
        int doublings = Math.min(MOST_DOUBLINGS, Math.max(0, attempts - 1));
        double millis = Math.min((double) longest.toMillis(), first.toMillis() * Math.pow(2, doublings));
        return Duration.ofMillis(Math.max(1, (long) (millis * (0.5 + 0.5 * random.nextDouble()))));
    }
}
