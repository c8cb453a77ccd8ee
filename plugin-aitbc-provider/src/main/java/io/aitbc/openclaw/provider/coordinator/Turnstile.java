package io.aitbc.openclaw.provider.coordinator;

import java.time.Duration;

/**
 * Hands out turns on one class of routes: a leaky bucket (GCRA, ITU-T I.371) that closes for all callers together when the
 * server asks for it, and goes slower for some minutes afterwards. Times are those of a monotonic clock, in nanoseconds.
 */
final class Turnstile {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long REMEMBERED = 10 * MINUTE;
    private static final double SLOWER = 0.7;
    private static final double SLOWEST = 0.1;
    private static final double RECOVERY_PER_MINUTE = 0.1;

    private final RouteClass route;
    private final boolean always;
    private boolean used;
    private boolean refused;
    private long refusedAt;
    private long closedUntil;
    private long nextTurn;
    private double share = 1;

    Turnstile(RouteClass route, Pace pace) {
        this.route = route;
        this.always = pace == Pace.DOCUMENTED && route.documented();
    }

    /**
     * Takes a turn.
     *
     * @return how long to wait for it, or minus the wait when that would be longer than {@code most}: then none was taken
     */
    synchronized long take(long now, long most) {
        long wait = turn(now) - now;
        if (wait > most) {
            return -wait;
        }
        nextTurn = Math.max(nextTurn, now + wait) + interval(now);
        return wait;
    }

    /** How long a turn that is taken now has to wait. */
    synchronized long delay(long now) {
        return turn(now) - now;
    }

    private long turn(long now) {
        start(now);
        long open = Math.max(now, closedUntil);
        return paced(now) ? Math.max(open, nextTurn - interval(now) * (route.burst() - 1)) : open;
    }

    private long interval(long now) {
        return paced(now) ? (long) (route.interval() / share(now)) : 0;
    }

    private void start(long now) {
        if (!used) {
            used = true;
            nextTurn = now;
            closedUntil = now;
        }
    }

    private boolean paced(long now) {
        return always || (refused && now - refusedAt < REMEMBERED);
    }

    private double share(long now) {
        if (!refused) {
            return 1;
        }
        double minutes = Math.max(0, now - closedUntil) / (double) MINUTE;
        return Math.min(1, share + RECOVERY_PER_MINUTE * minutes);
    }

    /** Whether turns that were handed out must wait again. */
    synchronized boolean closed(long now) {
        return used && closedUntil - now > 0;
    }

    /** After a 429: nobody gets a turn during the pause, and then one after the other. */
    synchronized void refused(long now, long pause) {
        start(now);
        // Of many refusals that arrive together only the first one says something about our pace.
        if (!closed(now)) {
            share = Math.max(SLOWEST, share(now) * SLOWER);
        }
        refused = true;
        refusedAt = now;
        closedUntil = Math.max(closedUntil, now + pause);
        long interval = (long) (route.interval() / share);
        nextTurn = Math.max(nextTurn, closedUntil + interval * (route.burst() - 1));
    }
}
