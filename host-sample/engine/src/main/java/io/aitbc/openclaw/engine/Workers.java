package io.aitbc.openclaw.engine;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that compute. They are platform threads: computing never yields, and would keep virtual threads that serve
 * sockets from running.
 */
final class Workers implements AutoCloseable {
    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(5);

    private final ThreadPoolExecutor pool;

    Workers(int threads, int queued) {
        pool = new ThreadPoolExecutor(
                threads,
                threads,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queued),
                Thread.ofPlatform().daemon().name("engine-", 1).factory());
        pool.allowCoreThreadTimeOut(true);
    }

    /** @throws OpenClawException OVERLOADED when too many wait already */
    void start(Runnable task) {
        try {
            pool.execute(task);
        } catch (RejectedExecutionException e) {
            if (pool.isShutdown()) {
                throw new OpenClawException(ErrorCode.PLUGIN_UNAVAILABLE, "the embedded engine is closed", e);
            }
            throw new OpenClawException(
                    ErrorCode.OVERLOADED, "server busy, please try again.  maximum pending requests exceeded", e);
        }
    }

    /** Takes back a task that has not begun. */
    boolean withdraw(Runnable task) {
        return pool.remove(task);
    }

    int threads() {
        return pool.getMaximumPoolSize();
    }

    @Override
    public void close() {
        for (Runnable waiting : pool.shutdownNow()) {
            if (waiting instanceof Future<?> future) {
                future.cancel(true);
            }
        }
        try {
            if (!pool.awaitTermination(SHUTDOWN_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new OpenClawException(ErrorCode.INTERNAL, "an answer did not stop when it was canceled");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
