package io.aitbc.openclaw.host.outbox;

import io.aitbc.openclaw.host.calls.InterruptibleCall;

/** A delivery that the current thread makes. */
final class Attempt extends InterruptibleCall {
    private final long deadlineNanos;

    /** @param deadlineNanos of {@link System#nanoTime()} */
    Attempt(long deadlineNanos) {
        this.deadlineNanos = deadlineNanos;
    }

    /** Negative once it takes too long. */
    long nanosLeft() {
        return deadlineNanos - System.nanoTime();
    }
}
