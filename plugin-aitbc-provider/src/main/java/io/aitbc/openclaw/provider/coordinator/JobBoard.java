package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.OpenClawException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The states of our newest jobs, read with one call for all who ask at the same time: with many jobs under way the limits of
 * the network leave no room to look at each.
 */
final class JobBoard {
    private static final int NEWEST = 200;

    private final CoordinatorClient client;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Reading latest;

    private record Reading(long startedAt, Map<String, JobView> jobs) {}

    JobBoard(CoordinatorClient client) {
        this.client = client;
    }

    /**
     * The job as the list shows it, which does not notice that a job has expired.
     *
     * @return empty when it is not among the newest, or the list cannot be read
     */
    Optional<JobView> find(String jobId, CallScope scope) {
        try {
            return Optional.ofNullable(reading(scope).jobs().get(jobId));
        } catch (OpenClawException e) {
            scope.check();
            return Optional.empty();
        }
    }

    private Reading reading(CallScope scope) {
        long arrived = System.nanoTime();
        lock.lock();
        try {
            Reading known = latest;
            if (known != null && known.startedAt() - arrived >= 0) {
                return known;
            }
            long startedAt = System.nanoTime();
            Map<String, JobView> jobs = new HashMap<>();
            client.jobs(JobQuery.newest(NEWEST), scope).forEach(job -> jobs.put(job.jobId(), job));
            Reading fresh = new Reading(startedAt, jobs);
            latest = fresh;
            return fresh;
        } finally {
            lock.unlock();
        }
    }
}
