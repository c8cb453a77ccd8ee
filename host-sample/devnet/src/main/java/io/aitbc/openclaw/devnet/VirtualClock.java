package io.aitbc.openclaw.devnet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The one clock of a devnet: another clock, put forward as far as a test likes. Expiry of jobs, nonces and tokens, rate
 * windows, blocks, caches and ages of agents are all decided by it.
 */
public final class VirtualClock implements InstantSource {
    private static final Duration MOST = Duration.ofDays(36_525);

    private final InstantSource base;
    private final AtomicLong aheadNanos = new AtomicLong();

    public VirtualClock(InstantSource base) {
        this.base = base;
    }

    /**
     * Puts the clock forward.
     *
     * @throws IllegalArgumentException when the time is negative, or the clock would be more than 100 years ahead
     */
    public void advance(Duration time) {
        if (time.isNegative() || time.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("the devnet's clock goes forward by at most 100 years, not by " + time);
        }
        aheadNanos.updateAndGet(before -> {
            if (before > MOST.toNanos() - time.toNanos()) {
                throw new IllegalArgumentException("the devnet's clock cannot be more than 100 years ahead");
            }
            return before + time.toNanos();
        });
    }

    /** How far it has been put forward. */
    public Duration ahead() {
        return Duration.ofNanos(aheadNanos.get());
    }

    @Override
    public Instant instant() {
        return base.instant().plusNanos(aheadNanos.get());
    }
}
