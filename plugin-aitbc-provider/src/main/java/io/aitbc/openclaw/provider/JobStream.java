package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The consumer's end of a job: hands out its events, and a sign of life each second while there are none. */
final class JobStream implements InferenceStream {
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

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

    void state(String now) {
        lock.lock();
        try {
            state = now;
        } finally {
            lock.unlock();
        }
    }

    void add(InferenceEvent event) {
        lock.lock();
        try {
            events.add(event);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void fail(OpenClawException reason) {
        lock.lock();
        try {
            failure = reason;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
