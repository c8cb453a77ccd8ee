package io.aitbc.openclaw.host.plugins;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one change of what is loaded be made at a time, and none any more once the host ends. */
final class Turns {
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

    /** For the last change. Comes when the time is over, also if somebody still has a turn. */
    Turn takeLast(Duration limit) {
        boolean alone = false;
        try {
            alone = lock.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        over = true;
        return alone ? lock::unlock : () -> {};
    }
}
