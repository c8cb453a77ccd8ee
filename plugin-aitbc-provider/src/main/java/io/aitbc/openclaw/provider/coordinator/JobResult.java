package io.aitbc.openclaw.provider.coordinator;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a miner delivered.
 *
 * @param result as the miner sent it
 * @param receipt of the coordinator; absent when it has no signing key
 */
public record JobResult(Optional<JsonNode> result, Optional<Receipt> receipt) {
    /** Member of a result, a text: the receipt that its miner signed itself. */
    public static final String WORK_RECEIPT = "work_receipt";

    static JobResult parse(String source, String json) {
        JsonNode node = Json.tree(source, json);
        JsonNode result = node.path("result");
        return new JobResult(
                result.isObject() ? Optional.of(result) : Optional.empty(),
                Json.raw(json, "receipt").flatMap(Receipt::parse));
    }
}
