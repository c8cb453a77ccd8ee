package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps the generation that computes an answer until the answer is whole, failed or closed. */
final class LeasedStream implements InferenceStream, Running {
    private final Generation generation;
    private final InferenceStream stream;
    private final String operation;

    /** Calls into the plugin's stream that run now. */
    private int users;

    private boolean over;
    private boolean closed;
    private boolean released;
    private boolean aborted;
    private @Nullable Thread reader;

    private LeasedStream(Generation generation, InferenceStream stream, String operation) {
        this.generation = generation;
        this.stream = stream;
        this.operation = operation;
    }

    /** The caller holds a lease; the stream takes another one. */
    static LeasedStream open(Generation generation, InferenceStream stream, String operation) {
        LeasedStream leased =
                new LeasedStream(generation, Objects.requireNonNull(stream, "a plugin returned no stream"), operation);
        if (!generation.tryAcquire()) {
            throw new IllegalStateException("A stream was opened without a lease");
        }
        generation.enter(leased);
        return leased;
    }

    @Override
    public InferenceEvent next() {
        startReading();
        ClassLoader before = generation.switchContext();
        try {
            InferenceEvent event = Objects.requireNonNull(stream.next(), "a plugin returned no event");
            if (event instanceof InferenceEvent.Finished) {
                finish();
            }
            return event;
        } catch (Throwable failure) {
            finish();
            throw generation.failure(operation, failure, wasAborted());
        } finally {
            generation.restoreContext(before);
            stopReading();
        }
    }

    private synchronized void startReading() {
        if (closed) {
            throw aborted
                    ? generation.failure(operation, new IllegalStateException(), true)
                    : new OpenClawException(ErrorCode.CANCELED, "The answer was canceled");
        }
        if (over) {
            throw new IllegalStateException("The answer is over");
        }
        users++;
        reader = Thread.currentThread();
    }

    private synchronized void stopReading() {
        reader = null;
        if (aborted) {
            boolean _ = Thread.interrupted();
        }
        leave();
    }

    /** The plugin's stream is closed here, because later calls of {@link #close} can no longer reach it. */
    private void finish() {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        closeStream();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            closed = true;
            users++;
        }
        ClassLoader before = generation.switchContext();
        try {
            closeStream();
        } finally {
            generation.restoreContext(before);
            synchronized (this) {
                leave();
            }
        }
    }

    private void closeStream() {
        try {
            stream.close();
        } catch (Throwable failure) {
            // The answer is over for the caller either way; the failure is logged as text.
            OpenClawException _ = generation.failure("closing " + operation, failure, false);
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

    private void leave() {
        users--;
        if (over && users == 0 && !released) {
            released = true;
            generation.leave(this);
            generation.release();
        }
    }
}
