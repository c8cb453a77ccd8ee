package io.aitbc.openclaw.provider.chain;

import io.aitbc.openclaw.provider.coordinator.Json;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The newest block. */
public record ChainHead(long height, String hash, Optional<Instant> at) {
    static ChainHead parse(String source, JsonNode node) {
        return new ChainHead(
                Json.integer(node, "height")
                        .filter(height -> height >= 0)
                        .orElseThrow(() -> Json.malformed(source, "it has no usable height")),
                Json.line(node, "hash").orElse(""),
                Json.time(node, "timestamp"));
    }
}
