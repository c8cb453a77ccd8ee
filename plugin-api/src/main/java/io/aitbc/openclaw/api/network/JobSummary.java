package io.aitbc.openclaw.api.network;

import java.time.Instant;
import java.util.Optional;

/**
 * A job of ours on a network.
 *
 * @param state the network's word: QUEUED, RUNNING, COMPLETED, FAILED, CANCELED, EXPIRED
 */
public record JobSummary(
        String jobId, String state, Optional<String> miner, Optional<Instant> requestedAt, Optional<String> error) {}
