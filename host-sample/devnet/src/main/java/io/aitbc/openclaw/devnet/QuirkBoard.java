package io.aitbc.openclaw.devnet;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Which quirks are on, and for how many more times. Waits on it end when the devnet closes. */
final class QuirkBoard {
    private static final int FOR_EVER = Integer.MAX_VALUE;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Quirk, Integer> remaining = new EnumMap<>(Quirk.class);
    private final Map<Quirk, Integer> switchedOff = new EnumMap<>(Quirk.class);
    private boolean closed;

    QuirkBoard(Set<Quirk> initial) {
        initial.forEach(quirk -> remaining.put(quirk, FOR_EVER));
    }

    void enable(Quirk quirk) {
        enable(quirk, FOR_EVER);
    }

    void enable(Quirk quirk, int times) {
        if (times < 1) {
            throw new IllegalArgumentException("times must be positive, not " + times);
        }
        lock.lock();
        try {
            remaining.put(quirk, times);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void disable(Quirk quirk) {
        lock.lock();
        try {
            remaining.remove(quirk);
            switchedOff.merge(quirk, 1, Integer::sum);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    Set<Quirk> enabled() {
        lock.lock();
        try {
            Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);
            quirks.addAll(remaining.keySet());
            return quirks;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is on, without using it up. */
    boolean on(Quirk quirk) {
        lock.lock();
        try {
            return remaining.containsKey(quirk);
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is on; counts as one use. */
    boolean take(Quirk quirk) {
        lock.lock();
        try {
            Integer left = remaining.get(quirk);
            if (left == null) {
                return false;
            }
            if (left == 1) {
                remaining.remove(quirk);
            } else if (left != FOR_EVER) {
                remaining.put(quirk, left - 1);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits, if it is on, until it is switched off, the time is over or the devnet closes; counts as one use. Looking and waiting
     * are one step, so that it is never switched off in between.
     *
     * @return whether it was on
     */
    boolean hold(Quirk quirk, Duration longest) throws InterruptedException {
        long left = longest.toNanos();
        lock.lockInterruptibly();
        try {
            if (!take(quirk)) {
                return false;
            }
            int before = switchedOff.getOrDefault(quirk, 0);
            while (!closed && left > 0 && switchedOff.getOrDefault(quirk, 0) == before) {
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a time unless the devnet closes.
     *
     * @return false when it is closed
     */
    boolean pause(Duration time) throws InterruptedException {
        long left = time.toNanos();
        lock.lockInterruptibly();
        try {
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
