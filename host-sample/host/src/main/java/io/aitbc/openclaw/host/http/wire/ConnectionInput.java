package io.aitbc.openclaw.host.http.wire;

import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.CloseConnectionException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends. Helidon pulls its bytes from here when it wants them; in between, while an answer is being computed,
 * the input can be watched: it is read ahead on another thread, so that the end of the stream is noticed at once. Bytes that
 * arrive meanwhile (a pipelined request) are kept for Helidon.
 */
final class ConnectionInput implements Supplier<byte @Nullable []> {
    /** What is read ahead at most. A client that pipelines more than this is no longer watched. */
    private static final int MOST_AHEAD = 64 * 1024;

    private final DataReader source;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<byte[]> ahead = new ArrayDeque<>();
    private int aheadBytes;
    private boolean reading;
    private boolean ended;
    private @Nullable Runnable gone;
    private long budget = Long.MAX_VALUE;

    /** When Helidon began to wait for bytes, {@link System#nanoTime()}; 0 when it does not wait. */
    private volatile long waitingSince;

    ConnectionInput(DataReader source) {
        this.source = source;
    }

    long waitingSince() {
        return waitingSince;
    }

    /** How many bytes may still be pulled; more than that fails with {@link RequestTooLarge}. */
    void budget(long bytes) {
        budget = bytes;
    }

    @Override
    public byte @Nullable [] get() {
        waitingSince = System.nanoTime() | 1;
        try {
            byte[] bytes = next();
            if (bytes != null) {
                budget -= bytes.length;
                if (budget < 0) {
                    throw new RequestTooLarge();
                }
            }
            return bytes;
        } finally {
            waitingSince = 0;
        }
    }

    private byte @Nullable [] next() {
        lock.lock();
        try {
            while (true) {
                byte[] bytes = ahead.poll();
                if (bytes != null) {
                    aheadBytes -= bytes.length;
                    return bytes;
                }
                if (ended) {
                    return null;
                }
                if (!reading) {
                    reading = true;
                    break;
                }
                changed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("interrupted while waiting for a request", e);
        } finally {
            lock.unlock();
        }
        byte[] bytes = null;
        try {
            bytes = pull();
            return bytes;
        } finally {
            finishRead(bytes == null);
        }
    }

    private void finishRead(boolean end) {
        lock.lock();
        try {
            reading = false;
            ended |= end;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private byte @Nullable [] pull() {
        try {
            source.ensureAvailable();
            return source.readBytes(source.available());
        } catch (DataReader.InsufficientDataAvailableException e) {
            return null;
        }
    }

    /** Calls {@code onGone} once, on another thread, when the client closes its side or the connection breaks. */
    void watch(Runnable onGone) {
        lock.lock();
        try {
            gone = onGone;
            if (!ended && (reading || aheadBytes >= MOST_AHEAD)) {
                return;
            }
            reading = true;
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual().name("client-watch").start(this::readAhead);
    }

    void unwatch() {
        lock.lock();
        try {
            gone = null;
        } finally {
            lock.unlock();
        }
    }

    private void readAhead() {
        boolean more = true;
        while (more) {
            byte[] bytes;
            try {
                bytes = ended ? null : pull();
            } catch (RuntimeException e) {
                bytes = null;
            }
            more = keep(bytes);
        }
    }

    /** Returns whether to go on reading ahead. */
    private boolean keep(byte @Nullable [] bytes) {
        Runnable notify = null;
        boolean more = false;
        lock.lock();
        try {
            if (bytes == null) {
                ended = true;
                notify = gone;
                gone = null;
            } else {
                ahead.add(bytes);
                aheadBytes += bytes.length;
                more = gone != null && aheadBytes < MOST_AHEAD;
            }
            reading = more;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (notify != null) {
            notify.run();
        }
        return more;
    }
}
