package io.aitbc.openclaw.host.outbox;

import org.jspecify.annotations.Nullable;

/** A delivery that the current thread makes. */
final class Attempt {
    private final long deadlineNanos;
    private @Nullable Thread thread = Thread.currentThread();
    private boolean aborted;

    /** @param deadlineNanos of {@link System#nanoTime()} */
    Attempt(long deadlineNanos) {
        this.deadlineNanos = deadlineNanos;
    }

    /** Negative once it takes too long. */
    long nanosLeft() {
        return deadlineNanos - System.nanoTime();
    }

    synchronized void abort() {
        if (thread != null && !aborted) {
            aborted = true;
            thread.interrupt();
        }
    }

    synchronized boolean aborted() {
        return aborted;
    }

    /** From here on the thread is no longer interrupted; an interrupt that came too late for the handler is taken back. */
    synchronized void end() {
        thread = null;
        if (aborted) {
            boolean _ = Thread.interrupted();
        }
    }
}
