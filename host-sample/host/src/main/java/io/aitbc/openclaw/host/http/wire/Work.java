package io.aitbc.openclaw.host.http.wire;

import org.jspecify.annotations.Nullable;

/**
 * What is being done for one request, and how to stop it. Until told better, stopping means to interrupt the thread of the
 * request. After {@link #close()} it cannot be stopped any more.
 */
public final class Work implements AutoCloseable {
    /** Why work was stopped. */
    public enum Stop {
        CLIENT_GONE,
        SHUTDOWN
    }

    private final ClientConnection connection;
    private final Thread thread = Thread.currentThread();
    private final long startedAt = System.nanoTime();
    private @Nullable Runnable cancel;
    private @Nullable Stop stopped;
    private boolean closed;
    private boolean interrupted;
    private boolean watched;

    Work(ClientConnection connection) {
        this.connection = connection;
    }

    /** From now on stopping means to call {@code action}, from another thread; at once when it was stopped before. */
    public void onStop(Runnable action) {
        boolean late;
        synchronized (this) {
            cancel = action;
            late = stopped != null;
        }
        if (late) {
            action.run();
        }
    }

    public synchronized @Nullable Stop stopped() {
        return stopped;
    }

    /** Stops it, once. */
    public void stop(Stop reason) {
        Runnable action;
        synchronized (this) {
            if (closed || stopped != null) {
                return;
            }
            stopped = reason;
            action = cancel;
            if (action == null) {
                interrupted = true;
                thread.interrupt();
            }
        }
        if (action != null) {
            action.run();
        }
    }

    /** Starts to watch for the client's leaving once the work takes long. */
    void watchAfter(long nanos, long now) {
        synchronized (this) {
            if (watched || closed || now - startedAt < nanos) {
                return;
            }
            watched = true;
            connection.input().watch(() -> stop(Stop.CLIENT_GONE));
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (interrupted) {
                Thread.interrupted();
            }
        }
        connection.finished(this);
    }
}
