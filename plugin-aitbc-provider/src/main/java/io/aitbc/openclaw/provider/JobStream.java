package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.direct.AnswerSink;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The consumer's end of a job: hands out its events, and a sign of life each second while there are none. */
final class JobStream implements InferenceStream, AnswerSink {
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    /** How far an answer may be ahead of its consumer. */
    private static final int MOST_EVENTS = 256;

    private final CallScope scope;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<InferenceEvent> events = new ArrayDeque<>();
    private @Nullable OpenClawException failure;
    private String state = "QUEUED";
    private boolean ended;

    JobStream(CallScope scope) {
        this.scope = scope;
    }

    @Override
    public InferenceEvent next() {
        lock.lock();
        try {
            if (ended) {
                throw new IllegalStateException("The answer has ended");
            }
            long nanos = HEARTBEAT.toNanos();
            while (true) {
                if (scope.isCanceled()) {
                    throw ended(new OpenClawException(ErrorCode.CANCELED, "The request was canceled"));
                }
                InferenceEvent event = events.poll();
                if (event != null) {
                    ended = event instanceof InferenceEvent.Finished;
                    changed.signalAll();
                    return event;
                }
                if (failure != null) {
                    throw ended(failure);
                }
                if (nanos <= 0) {
                    return new InferenceEvent.Waiting(state);
                }
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ended(new OpenClawException(ErrorCode.CANCELED, "The waiting thread was interrupted"));
        } finally {
            lock.unlock();
        }
    }

    private OpenClawException ended(OpenClawException reason) {
        ended = true;
        return reason;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (!ended) {
                scope.cancel();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void state(String now) {
        lock.lock();
        try {
            state = now;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void awaitRoom() {
        lock.lock();
        try {
            while (events.size() >= MOST_EVENTS && !scope.isCanceled()) {
                // A scope is canceled without a signal when the plugin is unloaded.
                changed.await(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void add(InferenceEvent event) {
        lock.lock();
        try {
            events.add(event);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void fail(OpenClawException reason) {
        lock.lock();
        try {
            failure = failure == null ? reason : failure;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
