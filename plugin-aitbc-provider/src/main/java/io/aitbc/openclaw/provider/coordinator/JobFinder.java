package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.OpenClawException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Finds our jobs by the references in their payloads. The list is read page by page, newest first, back to the time of
 * interest; threads that look at the same time, as after a restart of the coordinator, share one reading.
 *
 * <p>Coordinators of March 2026 do not show payloads. There a job that nobody here knows may be the one; its receipt, once
 * there is one, tells.
 */
final class JobFinder {
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 300;
    private static final int MOST_RECEIPTS = 20;

    private final CoordinatorClient client;
    private final OwnJobs ours;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Object, Instant> waiting = new ConcurrentHashMap<>();
    private @Nullable Reading latest;

    /** @param ours jobs whose references are known anyway */
    JobFinder(CoordinatorClient client, OwnJobs ours) {
        this.client = client;
        this.ours = ours;
    }

    /**
     * One reading of the list.
     *
     * @param since jobs requested before it may be missing
     * @param complete whether it reaches back that far
     */
    private record Reading(
            long startedAt,
            Instant since,
            boolean complete,
            Map<String, List<JobView>> byReference,
            List<JobView> hidden) {}

    /**
     * Looks for one job.
     *
     * @param since it was not submitted before this, by the coordinator's clock
     * @throws OpenClawException when the list cannot be read
     */
    Located find(String reference, Instant since, CallScope scope) {
        long arrived = System.nanoTime();
        Object me = new Object();
        waiting.put(me, since);
        try {
            return locate(reference, since, shared(arrived, since, scope), scope);
        } finally {
            waiting.remove(me);
            forgetUnused();
        }
    }

    /** What nobody waits for any more is of no use to later callers, and may be large. */
    private void forgetUnused() {
        lock.lock();
        try {
            if (waiting.isEmpty()) {
                latest = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** A reading that began after the caller arrived: one that began before may have missed its job. */
    private Reading shared(long arrived, Instant since, CallScope scope) {
        lock.lock();
        try {
            Reading known = latest;
            if (known != null
                    && known.startedAt() - arrived >= 0
                    && !known.since().isAfter(since)) {
                return known;
            }
            Reading fresh = read(oldestWaiting(since), scope);
            latest = fresh;
            return fresh;
        } finally {
            lock.unlock();
        }
    }

    private Instant oldestWaiting(Instant mine) {
        return waiting.values().stream().reduce(mine, (one, other) -> one.isBefore(other) ? one : other);
    }

    /** Looks for several jobs with one reading. */
    Map<String, Located> find(Collection<String> references, Instant since, CallScope scope) {
        Reading reading = read(since, scope);
        Map<String, Located> found = new HashMap<>();
        references.forEach(reference -> found.put(reference, locate(reference, since, reading, scope)));
        return found;
    }

    private Reading read(Instant since, CallScope scope) {
        long startedAt = System.nanoTime();
        Map<String, List<JobView>> byReference = new HashMap<>();
        Map<String, JobView> hidden = new HashMap<>();
        boolean newestFirst = true;
        int offset = 0;
        for (int page = 0; page < MOST_PAGES; page++) {
            // A limit of its own each time, so that no cache answers.
            int limit = PAGE + Math.floorMod(startedAt, 7);
            JobPage jobs = client.page(JobQuery.page(limit, offset), scope);
            // Within a page: what comes in meanwhile moves the beginning of the next one to newer jobs again.
            Optional<Instant> previous = Optional.empty();
            boolean reached = false;
            for (JobView job : jobs.jobs()) {
                note(job, byReference, hidden);
                Optional<Instant> time = job.requestedAt();
                newestFirst &= time.isPresent()
                        && previous.map(it -> !it.isBefore(time.get())).orElse(true);
                previous = time;
                reached = time.filter(since::isAfter).isPresent();
            }
            if (jobs.last(limit) || (newestFirst && reached)) {
                return new Reading(startedAt, since, true, byReference, List.copyOf(hidden.values()));
            }
            // Jobs that are submitted meanwhile push the others back: some are seen twice, none is missed.
            offset += jobs.jobs().size();
        }
        return new Reading(startedAt, since, false, byReference, List.copyOf(hidden.values()));
    }

    private static void note(JobView job, Map<String, List<JobView>> byReference, Map<String, JobView> hidden) {
        if (!job.showsPayload()) {
            hidden.put(job.jobId(), job);
        }
        job.reference().ifPresent(reference -> {
            List<JobView> same = byReference.computeIfAbsent(reference, key -> new ArrayList<>());
            if (same.stream().noneMatch(it -> it.jobId().equals(job.jobId()))) {
                same.add(job);
            }
        });
    }

    private Located locate(String reference, Instant since, Reading reading, CallScope scope) {
        List<JobView> found = reading.byReference().getOrDefault(reference, List.of());
        if (!found.isEmpty()) {
            return new Located.Found(found);
        }
        if (!reading.complete()) {
            return new Located.Unsure("the network lists too many jobs");
        }
        List<JobView> candidates = reading.hidden().stream()
                .filter(job -> !ours.contains(job.jobId()))
                .filter(job ->
                        job.requestedAt().map(time -> !time.isBefore(since)).orElse(true))
                .toList();
        return among(reference, candidates, scope);
    }

    private Located among(String reference, List<JobView> candidates, CallScope scope) {
        if (candidates.size() > MOST_RECEIPTS) {
            return new Located.Unsure("the network does not show the payload of its jobs");
        }
        boolean all = true;
        for (JobView job : candidates) {
            Optional<String> shown = reference(job, scope);
            if (shown.equals(Optional.of(reference))) {
                return new Located.Found(List.of(job));
            }
            all &= shown.isPresent();
        }
        return all ? new Located.Absent() : new Located.Unsure("the network does not show the payload of its jobs");
    }

    /** From the receipt, which is about one payload for good. */
    private Optional<String> reference(JobView job, CallScope scope) {
        return job.state() == JobState.COMPLETED
                ? client.receipt(job.jobId(), scope).flatMap(Receipt::reference)
                : Optional.empty();
    }
}
