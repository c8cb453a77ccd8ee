package io.aitbc.openclaw.provider.coordinator;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A receipt as a coordinator issues it. Reading it checks nothing.
 *
 * @param json as it came: numbers keep their form, because the signature depends on it
 * @param provider the miner it names
 * @param payload of the job it is about
 * @param result it is about
 */
public record Receipt(
        String json,
        String receiptId,
        Optional<String> jobId,
        Optional<String> provider,
        Optional<JsonNode> payload,
        Optional<JsonNode> result) {

    /** @return empty when the text is no receipt */
    public static Optional<Receipt> parse(String json) {
        return Json.read(json).flatMap(node -> Json.text(node, "receipt_id").map(id -> of(json, id, node)));
    }

    private static Receipt of(String json, String id, JsonNode node) {
        JsonNode metadata = node.path("metadata");
        return new Receipt(
                json,
                id,
                Json.text(node, "job_id"),
                Json.text(node, "provider"),
                object(metadata.path("job_payload")),
                object(metadata.path("result")));
    }

    /** Our reference of the job, when the receipt shows the payload. */
    public Optional<String> reference() {
        return payload.flatMap(it -> Json.text(it, JobSubmission.REFERENCE));
    }

    private static Optional<JsonNode> object(JsonNode node) {
        return node.isObject() ? Optional.of(node) : Optional.empty();
    }
}
