package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps the generation that computes an answer until the answer is whole, failed or closed. */
final class LeasedStream implements InferenceStream, Running {
    /** What the plugin gave; forgotten at the end, because callers may keep streams for longer than the plugin is loaded. */
    private record Source(Generation generation, InferenceStream stream) {}

    private final String operation;
    private @Nullable Source source;

    /** Calls into the plugin's stream that run now. */
    private int users;

    private boolean over;
    private boolean closed;
    private boolean aborted;
    private @Nullable Thread reader;

    private LeasedStream(Source source, String operation) {
        this.source = source;
        this.operation = operation;
    }

    /** The caller holds a lease; the stream takes another one. */
    static LeasedStream open(Generation generation, InferenceStream stream, String operation) {
        Objects.requireNonNull(stream, "a plugin returned no stream");
        if (!generation.tryAcquire()) {
            throw new IllegalStateException("A stream was opened without a lease");
        }
        LeasedStream leased = new LeasedStream(new Source(generation, stream), operation);
        generation.enter(leased);
        return leased;
    }

    @Override
    public InferenceEvent next() {
        Source from = startReading();
        ClassLoader before = from.generation().switchContext();
        try {
            InferenceEvent event = Objects.requireNonNull(from.stream().next(), "a plugin returned no event");
            if (event instanceof InferenceEvent.Finished) {
                finish(from);
            }
            return event;
        } catch (Throwable failure) {
            finish(from);
            throw from.generation().failure(operation, failure, wasAborted());
        } finally {
            from.generation().restoreContext(before);
            stopReading();
        }
    }

    private synchronized Source startReading() {
        if (closed) {
            throw aborted
                    ? Generation.unloadedDuring(operation)
                    : new OpenClawException(ErrorCode.CANCELED, "The answer was canceled");
        }
        if (over || source == null) {
            throw new IllegalStateException("The answer is over");
        }
        users++;
        reader = Thread.currentThread();
        return source;
    }

    private synchronized void stopReading() {
        reader = null;
        if (aborted) {
            boolean _ = Thread.interrupted();
        }
        leave();
    }

    /** The plugin's stream is closed here, because later calls of {@link #close} can no longer reach it. */
    private void finish(Source from) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        closeStream(from);
    }

    @Override
    public void close() {
        Source from;
        synchronized (this) {
            if (over || source == null) {
                return;
            }
            over = true;
            closed = true;
            users++;
            from = source;
        }
        ClassLoader before = from.generation().switchContext();
        try {
            closeStream(from);
        } finally {
            from.generation().restoreContext(before);
            leave();
        }
    }

    private void closeStream(Source from) {
        try {
            from.stream().close();
        } catch (Throwable failure) {
            // The answer is over for the caller either way; the failure is logged as text.
            OpenClawException _ = from.generation().failure("closing " + operation, failure, false);
        }
    }

    @Override
    public void abort() {
        synchronized (this) {
            aborted = true;
            if (reader != null) {
                reader.interrupt();
            }
        }
        close();
    }

    private synchronized boolean wasAborted() {
        return aborted;
    }

    private synchronized void leave() {
        users--;
        Source from = source;
        if (over && users == 0 && from != null) {
            source = null;
            from.generation().leave(this);
            from.generation().release();
        }
    }
}
