package io.aitbc.openclaw.provider.coordinator;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The coordinator's view of a job.
 *
 * @param miner who got it; may be absent even when it is done
 * @param paymentStatus of the time of the last state change; a refund does not show here
 * @param reference ours, from the payload
 * @param showsPayload whether the view carries the payload; older coordinators do not
 * @param result what the miner sent, with coordinators that show it
 */
public record JobView(
        String jobId,
        JobState state,
        Optional<String> miner,
        Optional<Instant> requestedAt,
        Optional<Instant> expiresAt,
        Optional<String> error,
        Optional<String> paymentId,
        Optional<String> paymentStatus,
        Optional<String> reference,
        boolean showsPayload,
        Optional<JsonNode> result) {

    /** The same job, with what its payment says now. */
    JobView with(PaymentView payment) {
        return new JobView(
                jobId,
                state,
                miner,
                requestedAt,
                expiresAt,
                error,
                Optional.of(payment.paymentId()),
                Optional.of(payment.status()),
                reference,
                showsPayload,
                result);
    }

    static JobView parse(String source, JsonNode node) {
        String id = Json.text(node, "job_id").orElse("");
        if (!Ids.valid(id)) {
            throw Json.malformed(source, "it has no usable job_id");
        }
        String state = Json.text(node, "state").orElseThrow(() -> Json.malformed(source, "it has no state"));
        JsonNode payload = node.path("payload");
        return new JobView(
                id,
                JobState.of(state),
                Json.text(node, "assigned_miner_id"),
                Json.time(node, "requested_at"),
                Json.time(node, "expires_at"),
                Json.text(node, "error").map(ErrorText::line),
                Json.text(node, "payment_id").filter(Ids::valid),
                Json.text(node, "payment_status"),
                Json.text(payload, JobSubmission.REFERENCE),
                payload.isObject(),
                node.path("result").isObject() ? Optional.of(node.path("result")) : Optional.empty());
    }
}
