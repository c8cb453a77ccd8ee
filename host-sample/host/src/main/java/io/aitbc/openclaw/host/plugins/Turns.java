package io.aitbc.openclaw.host.plugins;

import java.util.concurrent.locks.ReentrantLock;

/** Lets one change of what is loaded be made at a time, and none any more once the host ends. */
final class Turns {
    /** Ends when it is closed. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    private final ReentrantLock lock = new ReentrantLock();
    private boolean over;

    /** Waits for those before. Who has one asks {@link #over} first. */
    Turn take() {
        lock.lock();
        return lock::unlock;
    }

    /** Whether nothing changes any more; for who has a turn. */
    boolean over() {
        return over;
    }

    /** This is the last change; for who has a turn. */
    void end() {
        over = true;
    }
}
