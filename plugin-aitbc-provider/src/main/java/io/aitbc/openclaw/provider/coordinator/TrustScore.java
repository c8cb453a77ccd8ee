package io.aitbc.openclaw.provider.coordinator;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Reputation of a miner or agent. Anybody can write it, and failed answers count as successes: it is no evidence.
 *
 * @param score 0 to 1000
 * @param level {@code beginner} to {@code expert}
 */
public record TrustScore(BigDecimal score, Optional<String> level, Optional<Instant> calculatedAt) {
    private static final BigDecimal MOST = new BigDecimal(1000);

    static TrustScore parse(String source, JsonNode node) {
        BigDecimal score = Json.decimal(node, "composite_score")
                .filter(value -> value.signum() >= 0 && value.compareTo(MOST) <= 0)
                .orElseThrow(() -> Json.malformed(source, "it has no composite_score from 0 to 1000"));
        return new TrustScore(score, Json.line(node, "reputation_level"), Json.time(node, "calculated_at"));
    }
}
