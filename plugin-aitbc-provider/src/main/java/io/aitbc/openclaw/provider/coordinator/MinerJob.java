package io.aitbc.openclaw.provider.coordinator;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A job as its miner sees it in the list of its jobs.
 *
 * @param payload what the client asked for; older coordinators do not show it
 */
public record MinerJob(JobView view, Optional<JsonNode> payload) {
    /** A payload is a stranger's prompt. */
    @Override
    public String toString() {
        return "MinerJob[%s %s]".formatted(view.jobId(), view.state());
    }
}
