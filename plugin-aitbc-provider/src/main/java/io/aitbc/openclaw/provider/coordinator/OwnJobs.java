package io.aitbc.openclaw.provider.coordinator;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What this process remembers of the jobs it submitted, within limits. Safe for many threads. */
final class OwnJobs {
    private static final int MOST = 20_000;
    /** The coordinator's clock may be set back a little. */
    private static final Duration SLACK = Duration.ofSeconds(10);
    /** No answer to a submission is waited for that long. */
    private static final Duration REPEATED_KEPT = Duration.ofMinutes(10);

    private final Set<String> ids = new LinkedHashSet<>();
    private final Map<String, Instant> repeated = new LinkedHashMap<>();
    private Optional<Instant> newest = Optional.empty();

    synchronized void add(JobView job) {
        ids.add(job.jobId());
        if (ids.size() > MOST) {
            ids.remove(ids.iterator().next());
        }
        newest = job.requestedAt()
                .filter(time -> newest.map(time::isAfter).orElse(true))
                .or(() -> newest);
    }

    synchronized boolean contains(String jobId) {
        return ids.contains(jobId);
    }

    /** A time by the coordinator's clock before which a job that is submitted from now on was not requested. */
    synchronized Optional<Instant> newest() {
        return newest.map(time -> time.minus(SLACK));
    }

    /** A submission was sent twice: its first copy may still turn up. */
    synchronized void repeated(String reference, Instant now) {
        repeated.put(reference, now);
    }

    synchronized List<String> repeated(Instant now) {
        repeated.values().removeIf(time -> time.plus(REPEATED_KEPT).isBefore(now));
        return List.copyOf(repeated.keySet());
    }
}
