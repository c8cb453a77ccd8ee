package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Keeps all callers of a plugin together below the limits of the network, which counts the calls of one address whoever
 * makes them. Safe for many threads.
 */
public final class RateLimits {
    private static final Duration UNSTATED_PAUSE = Duration.ofSeconds(2);

    private final Map<RouteClass, Turnstile> turnstiles = new EnumMap<>(RouteClass.class);
    private final Backoff backoff;
    private final LongSupplier nanoTime;

    public RateLimits(Pace pace, Backoff backoff) {
        this(pace, backoff, System::nanoTime);
    }

    /** @param nanoTime a monotonic clock */
    RateLimits(Pace pace, Backoff backoff, LongSupplier nanoTime) {
        this.backoff = backoff;
        this.nanoTime = nanoTime;
        for (RouteClass route : RouteClass.values()) {
            turnstiles.put(route, new Turnstile(route, pace));
        }
    }

    /**
     * Waits for a turn.
     *
     * @throws OpenClawException with OVERLOADED when that would take longer than patience lasts, CANCELED
     */
    void await(RouteClass route, Duration patience, CallScope scope) {
        Turnstile turnstile = turnstile(route);
        long end = nanoTime.getAsLong() + Math.max(0, patience.toNanos());
        do {
            long now = nanoTime.getAsLong();
            long wait = turnstile.take(now, Math.max(0, end - now));
            if (wait < 0) {
                throw overloaded(Duration.ofNanos(-wait));
            }
            if (wait > 0) {
                scope.pause(Duration.ofNanos(wait));
            }
        } while (turnstile.closed(nanoTime.getAsLong()));
    }

    /** How long a turn would have to be waited for now. */
    Duration delay(RouteClass route) {
        return Duration.ofNanos(turnstile(route).delay(nanoTime.getAsLong()));
    }

    /** After a 429. */
    void refused(RouteClass route, Reply reply) {
        Duration pause = backoff.atLeast(reply.retryAfter().orElse(UNSTATED_PAUSE));
        turnstile(route).refused(nanoTime.getAsLong(), pause.toNanos());
    }

    private Turnstile turnstile(RouteClass route) {
        Turnstile turnstile = turnstiles.get(route);
        if (turnstile == null) {
            throw new IllegalStateException("No turnstile for " + route);
        }
        return turnstile;
    }

    private static OpenClawException overloaded(Duration wait) {
        return OpenClawException.upstream(
                ErrorCode.OVERLOADED,
                429,
                "The AITBC network limits such requests: come back in %d s".formatted(Math.max(1, wait.toSeconds())));
    }
}
