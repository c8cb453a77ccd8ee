package io.aitbc.openclaw.host.http;

import io.aitbc.openclaw.api.proof.ProofJob;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Proofs that clients asked for, by id: those that are not over, and the last ones that are. */
final class ProofJobs {
    static final int KEPT = 64;

    private final Map<String, ProofJob> oldestFirst = new LinkedHashMap<>();

    synchronized void add(ProofJob job) {
        oldestFirst.put(job.id(), job);
        Iterator<ProofJob> jobs = oldestFirst.values().iterator();
        while (oldestFirst.size() > KEPT && jobs.hasNext()) {
            if (jobs.next().progress().state().isEnd()) {
                jobs.remove();
            }
        }
    }

    synchronized Optional<ProofJob> find(String id) {
        return Optional.ofNullable(oldestFirst.get(id));
    }
}
