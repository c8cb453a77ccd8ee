package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/** The calls and waits of one piece of work, which another thread may cancel at any time. */
public final class CallScope {
    private final CountDownLatch canceled = new CountDownLatch(1);
    private final AtomicReference<@Nullable Call> running = new AtomicReference<>();

    /** Ends the running call and all later ones at once. */
    public void cancel() {
        canceled.countDown();
        Call call = running.getAndSet(null);
        if (call != null) {
            call.cancel();
        }
    }

    public boolean isCanceled() {
        return canceled.getCount() == 0;
    }

    /** @throws OpenClawException with CANCELED when it was canceled */
    public void check() {
        if (isCanceled()) {
            throw canceled();
        }
    }

    /**
     * Waits.
     *
     * @throws OpenClawException with CANCELED as soon as the scope is canceled or the thread interrupted
     */
    public void pause(Duration duration) {
        try {
            if (canceled.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
                throw canceled();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw canceled();
        }
    }

    /** Makes a call the running one; it is canceled with the scope. */
    public void begin(Call call) {
        running.set(call);
        if (isCanceled()) {
            call.cancel();
        }
    }

    public void end(Call call) {
        running.compareAndSet(call, null);
    }

    private static OpenClawException canceled() {
        return new OpenClawException(ErrorCode.CANCELED, "The request was canceled");
    }
}
