package io.aitbc.openclaw.api.proof;

import io.aitbc.openclaw.api.AssuranceLevel;
import java.time.Instant;
import java.util.Optional;

/**
 * What a list of records shows of one: neither hashes nor the receipt.
 *
 * @param index 0 for the first
 * @param requestId of the host
 * @param jobId of the network, where one computed the answer
 * @param network that computed it
 * @param model as the router chose it
 * @param provider that answered
 * @param route {@code local}, {@code aitbc} or {@code hybrid}, as planned
 * @param assurance what checking showed when the answer was given
 */
public record ChainRecord(
        long index,
        String requestId,
        Optional<String> jobId,
        Optional<String> network,
        String model,
        String provider,
        String route,
        Instant started,
        Instant ended,
        AssuranceLevel assurance) {
    /** What a list shows of this answer. */
    public static ChainRecord of(long index, AnswerRecord answer) {
        return new ChainRecord(
                index,
                answer.requestId(),
                answer.jobId(),
                answer.network(),
                answer.model(),
                answer.provider(),
                answer.route(),
                answer.started(),
                answer.ended(),
                answer.assurance());
    }
}
