package io.aitbc.openclaw.provider.chain;

import io.aitbc.openclaw.provider.coordinator.Json;
import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The node's record of an escrow. Nobody signed it, it locks no coins of the buyer, and whoever asks may release it.
 *
 * @param state {@code created}, {@code funded}, {@code released}, {@code refunded}, {@code expired}
 * @param amount AIT, with the network's fee on top
 * @param released AIT
 * @param refunded AIT
 */
public record EscrowView(
        String state, Optional<BigDecimal> amount, Optional<BigDecimal> released, Optional<BigDecimal> refunded) {
    static EscrowView parse(String source, JsonNode node) {
        return new EscrowView(
                Json.line(node, "state").orElseThrow(() -> Json.malformed(source, "it has no state")),
                Json.decimal(node, "amount"),
                Json.decimal(node, "released_amount"),
                Json.decimal(node, "refunded_amount"));
    }
}
