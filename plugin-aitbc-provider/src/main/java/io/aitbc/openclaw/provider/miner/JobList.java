package io.aitbc.openclaw.provider.miner;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.coordinator.JobState;
import io.aitbc.openclaw.provider.coordinator.MinerClient;
import io.aitbc.openclaw.provider.coordinator.MinerJob;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The network's list of this miner's jobs, page by page. Payloads of strangers are in it, so a page may be too long to read. */
final class JobList {
    private static final int PAGE = 20;
    private static final int MOST_CALLS = 50;
    private static final Set<Integer> NO_SUCH_ROUTE = Set.of(403, 404, 405, 501);

    private JobList() {}

    /** Whether a failure means that this coordinator has no such list. */
    static boolean missing(OpenClawException e) {
        return e.upstreamStatus().isPresent()
                && NO_SUCH_ROUTE.contains(e.upstreamStatus().getAsInt());
    }

    /**
     * What the list says.
     *
     * @param complete whether nothing was left unread that might matter
     */
    record Excerpt(List<MinerJob> jobs, boolean complete) {
        Optional<MinerJob> find(String jobId) {
            return jobs.stream().filter(job -> job.view().jobId().equals(jobId)).findFirst();
        }
    }

    /**
     * The latest jobs, until those of the given ids are among them or there are no more.
     *
     * @throws OpenClawException when the list cannot be read
     */
    static Excerpt recent(MinerClient client, Set<String> ids, CallScope scope) {
        Set<String> missing = new HashSet<>(ids);
        return read(client, Optional.empty(), job -> missing.remove(job.view().jobId()) && missing.isEmpty(), scope);
    }

    /**
     * Jobs the network believes to be running here, newest first.
     *
     * @throws OpenClawException when the list cannot be read
     */
    static List<MinerJob> running(MinerClient client, CallScope scope) {
        return read(client, Optional.of(JobState.RUNNING), job -> false, scope).jobs().stream()
                .filter(job -> job.view().state() == JobState.RUNNING)
                .toList();
    }

    private static Excerpt read(
            MinerClient client, Optional<JobState> state, Predicate<MinerJob> enough, CallScope scope) {
        List<MinerJob> jobs = new ArrayList<>();
        int offset = 0;
        int limit = PAGE;
        for (int calls = 0; calls < MOST_CALLS; calls++) {
            List<MinerJob> page;
            try {
                page = client.jobs(state, limit, offset, scope);
            } catch (OpenClawException e) {
                if (e.code() != ErrorCode.MALFORMED_ANSWER || limit == 1) {
                    throw e;
                }
                limit = 1;
                continue;
            }
            jobs.addAll(page);
            if (page.size() < limit || page.stream().anyMatch(enough)) {
                return new Excerpt(jobs, true);
            }
            offset += page.size();
        }
        return new Excerpt(jobs, false);
    }
}
