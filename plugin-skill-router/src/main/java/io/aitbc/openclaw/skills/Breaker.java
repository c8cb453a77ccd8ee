package io.aitbc.openclaw.skills;

import io.aitbc.openclaw.api.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Remembers whether a provider is worth asking. After three failures in a row to reach it, it is asked last for a while;
 * then one request may probe it, and the while doubles when the probe fails.
 */
final class Breaker {
    private static final int ALLOWED_FAILURES = 3;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final InstantSource clock;
    private int failures;
    private Duration pause = FIRST_PAUSE;
    private Instant openUntil = Instant.MIN;
    private volatile boolean suspect;

    Breaker(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether failures of this kind speak against the provider as such, and not against one request. */
    static boolean counts(ErrorCode code) {
        return switch (code) {
            case UNREACHABLE, FIRST_BYTE_TIMEOUT, IDLE_TIMEOUT, PLUGIN_UNAVAILABLE -> true;
            default -> false;
        };
    }

    boolean isOpen() {
        return suspect && openNow();
    }

    private synchronized boolean openNow() {
        return failures >= ALLOWED_FAILURES && clock.instant().isBefore(openUntil);
    }

    /** Takes the one probe there is once the pause is over, so that others keep going elsewhere meanwhile. */
    void startAttempt() {
        if (suspect) {
            takeProbe();
        }
    }

    private synchronized void takeProbe() {
        if (failures >= ALLOWED_FAILURES) {
            openUntil = clock.instant().plus(pause);
        }
    }

    void succeeded() {
        if (suspect) {
            reset();
        }
    }

    private synchronized void reset() {
        failures = 0;
        pause = FIRST_PAUSE;
        openUntil = Instant.MIN;
        suspect = false;
    }

    void failed(ErrorCode code) {
        if (counts(code)) {
            count();
        }
    }

    private synchronized void count() {
        suspect = true;
        failures++;
        if (failures > ALLOWED_FAILURES) {
            Duration twice = pause.multipliedBy(2);
            pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
        }
        if (failures >= ALLOWED_FAILURES) {
            openUntil = clock.instant().plus(pause);
        }
    }
}
