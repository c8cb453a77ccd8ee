package io.aitbc.openclaw.skills;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One periodic look at all attempts that wait for their first content, instead of a timer or thread for each. */
final class DeadlineWatch implements AutoCloseable {
    private final Set<Attempt> waiting = ConcurrentHashMap.newKeySet();
    private final Executor executor;
    private final Future<?> task;

    DeadlineWatch(ScheduledExecutorService scheduler, Executor executor, Duration period) {
        this.executor = executor;
        this.task =
                scheduler.scheduleWithFixedDelay(this::look, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    void add(Attempt attempt) {
        waiting.add(attempt);
    }

    void remove(Attempt attempt) {
        waiting.remove(attempt);
    }

    private void look() {
        if (waiting.isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        for (Attempt attempt : List.copyOf(waiting)) {
            if (attempt.isOverdue(now) && waiting.remove(attempt)) {
                // Closing may block, and the scheduler is everybody's.
                executor.execute(attempt::expire);
            }
        }
    }

    @Override
    public void close() {
        task.cancel(false);
        waiting.clear();
    }
}
