package io.aitbc.openclaw.host.http;

import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.answer.Asked;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/**
 * How far a host is that serves while it starts. Until all of it is loaded, requests wait, but for those that the models of its own
 * engine answer without anything else.
 */
public final class Loading {
    private final Predicate<Asked> early;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean failed;

    /** @param early what is answered already */
    public Loading(Predicate<Asked> early) {
        this.early = early;
    }

    /** Of a host whose parts were there before its server. */
    static Loading over() {
        Loading loading = new Loading(asked -> true);
        loading.succeeded();
        return loading;
    }

    /** Everything is there. */
    public void succeeded() {
        ended.countDown();
    }

    /** It will not be: whoever waits is told. */
    public void failed() {
        failed = true;
        ended.countDown();
    }

    /** Waits until everything is there. */
    public void await() {
        if (ended.getCount() > 0) {
            try {
                ended.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ApiFailure(503, "the server is shutting down");
            }
        }
        if (failed) {
            throw new ApiFailure(503, "the host could not start, see its log");
        }
    }

    /** Waits until it can be answered. */
    public void await(Asked asked) {
        if (ended.getCount() == 0 || !early.test(asked)) {
            await();
        }
    }
}
