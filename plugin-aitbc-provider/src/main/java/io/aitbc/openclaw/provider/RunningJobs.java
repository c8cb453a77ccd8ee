package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.provider.coordinator.CallScope;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The jobs that are under way, so that unloading the plugin can end them in good order. */
final class RunningJobs implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Set<Job> jobs = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param cleanup for what must happen after the consumer has gone */
    private record Job(CallScope scope, CallScope cleanup, CountDownLatch done) {}

    /**
     * @param run makes the work from the scope of its clean-up
     * @throws RejectedExecutionException when no more work is taken
     */
    void start(ExecutorService executor, CallScope scope, Function<CallScope, Runnable> run) {
        Job job = new Job(scope, new CallScope(), new CountDownLatch(1));
        Runnable work = run.apply(job.cleanup());
        jobs.add(job);
        try {
            if (closed) {
                throw new RejectedExecutionException("closed");
            }
            executor.execute(() -> {
                try {
                    work.run();
                } finally {
                    finished(job);
                }
            });
        } catch (RejectedExecutionException e) {
            finished(job);
            throw e;
        }
    }

    private void finished(Job job) {
        jobs.remove(job);
        job.done().countDown();
    }

    int count() {
        return jobs.size();
    }

    /** Cancels all, waits until they are cleaned up, and cuts the clean-up off when that takes too long. */
    @Override
    public void close() {
        closed = true;
        jobs.forEach(job -> job.scope().cancel());
        long end = System.nanoTime() + GRACE.toNanos();
        for (Job job : jobs) {
            try {
                if (!job.done().await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    job.cleanup().cancel();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                job.cleanup().cancel();
            }
        }
    }
}
