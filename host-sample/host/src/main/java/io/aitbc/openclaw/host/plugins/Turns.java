package io.aitbc.openclaw.host.plugins;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Lets one change of what is loaded be made at a time, and none any more once the host ends. */
final class Turns {
    private static final Duration END_LIMIT = Duration.ofSeconds(10);

    /** Ends when it is closed. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean over;

    /** Waits for those before. Who has one asks {@link #over} first. */
    Turn take() {
        lock.lock();
        return lock::unlock;
    }

    /** Whether nothing changes any more. */
    boolean over() {
        return over;
    }

    /**
     * Makes the last change. Waits for one under way, but not for ever: what a file system lets hang has changed nothing yet.
     */
    <R> R last(Supplier<R> change) {
        boolean alone = false;
        try {
            alone = lock.tryLock(END_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            over = true;
            return change.get();
        } finally {
            if (alone) {
                lock.unlock();
            }
        }
    }
}
