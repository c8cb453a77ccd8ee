package io.aitbc.openclaw.engine;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceStream;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Hands events from the computing thread to the consumer; a consumer that does not pull stops the computing. */
final class AnswerStream implements InferenceStream {
    private static final int MOST_AHEAD = 32;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<InferenceEvent> events = new ArrayDeque<>();
    private final Runnable onClose;
    private @Nullable OpenClawException failure;
    private boolean ended;
    private volatile boolean closed;

    /** @param onClose called once when the consumer gives up */
    AnswerStream(Runnable onClose) {
        this.onClose = onClose;
    }

    boolean isClosed() {
        return closed;
    }

    /**
     * Adds an event.
     *
     * @throws CancellationException when the consumer gave up
     */
    void emit(InferenceEvent event) {
        lock.lock();
        try {
            while (!closed && events.size() >= MOST_AHEAD) {
                changed.awaitUninterruptibly();
            }
            if (closed) {
                throw new CancellationException();
            }
            events.add(event);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void fail(OpenClawException cause) {
        lock.lock();
        try {
            if (failure == null) {
                failure = cause;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public InferenceEvent next() {
        lock.lock();
        try {
            if (ended) {
                throw new IllegalStateException("the answer has ended");
            }
            while (!closed && events.isEmpty() && failure == null) {
                changed.await();
            }
            return take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ended = true;
            close();
            throw canceled();
        } finally {
            lock.unlock();
        }
    }

    private InferenceEvent take() {
        if (closed) {
            ended = true;
            throw canceled();
        }
        InferenceEvent event = events.poll();
        if (event == null) {
            ended = true;
            throw failure == null ? canceled() : failure;
        }
        ended = event instanceof InferenceEvent.Finished;
        changed.signalAll();
        return event;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            events.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        onClose.run();
    }

    static OpenClawException canceled() {
        return new OpenClawException(ErrorCode.CANCELED, "request canceled");
    }
}
