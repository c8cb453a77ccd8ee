package io.aitbc.openclaw.host.http;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A stream that the test feeds: events, failures, or nothing at all until it is closed. */
final class ScriptedStream implements InferenceStream {
    private final BlockingQueue<Object> script = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch started = new CountDownLatch(1);
    private static final Object CLOSE = new Object();

    static ScriptedStream of(InferenceEvent... events) {
        ScriptedStream stream = new ScriptedStream();
        for (InferenceEvent event : events) {
            stream.emit(event);
        }
        return stream;
    }

    ScriptedStream emit(InferenceEvent event) {
        script.add(event);
        return this;
    }

    ScriptedStream fail(RuntimeException failure) {
        script.add(failure);
        return this;
    }

    @Override
    public InferenceEvent next() {
        started.countDown();
        try {
            Object step = script.take();
            if (step == CLOSE) {
                throw new OpenClawException(ErrorCode.CANCELED, "closed");
            }
            if (step instanceof RuntimeException failure) {
                throw failure;
            }
            return (InferenceEvent) step;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OpenClawException(ErrorCode.CANCELED, "interrupted", e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        script.add(CLOSE);
    }

    /** Whether it was closed within the time, or is closed. */
    boolean closedWithin(long millis) throws InterruptedException {
        return closed.await(millis, TimeUnit.MILLISECONDS);
    }

    void awaitStart() throws InterruptedException {
        if (!started.await(5, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody read the stream");
        }
    }
}
