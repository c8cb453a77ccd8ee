package io.aitbc.openclaw.api.network;

import io.aitbc.openclaw.api.TokenAmount;
import java.time.Instant;
import java.util.Optional;

/**
 * Money of one job.
 *
 * @param reference ours, unique; travels with the job
 * @param jobId the network's id, once there is one
 * @param amount reserved, or once settled what was paid
 */
public record PaymentRecord(
        String reference, Optional<String> jobId, TokenAmount amount, State state, Instant updatedAt, String note) {
    /** Where the money is. */
    public enum State {
        /** Set aside; the job may or may not have reached the network. */
        RESERVED,
        /** Paid. */
        SETTLED,
        /** Given back: the job was never paid. */
        RELEASED,
        /** The network may or may not have taken it; counts as spent. */
        UNKNOWN
    }
}
