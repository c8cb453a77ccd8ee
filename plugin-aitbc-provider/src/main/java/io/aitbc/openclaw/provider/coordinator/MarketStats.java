package io.aitbc.openclaw.provider.coordinator;

import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What the coordinator counts on its market.
 *
 * @param averagePrice AIT per hour
 */
public record MarketStats(Optional<Long> totalOffers, Optional<Long> openCapacity, Optional<BigDecimal> averagePrice) {
    static MarketStats parse(JsonNode node) {
        return new MarketStats(
                Json.integer(node, "totalOffers"),
                Json.integer(node, "openCapacity"),
                Json.decimal(node, "averagePrice"));
    }
}
