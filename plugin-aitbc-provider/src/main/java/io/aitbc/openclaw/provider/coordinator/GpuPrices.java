package io.aitbc.openclaw.provider.coordinator;

import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Prices of one model of GPU. The network adds a part that depends on the time of day and cannot be reproduced, so this is a
 * hint and no quote.
 *
 * @param least AIT per hour
 * @param most AIT per hour
 */
public record GpuPrices(Optional<BigDecimal> least, Optional<BigDecimal> most, Optional<Long> gpus) {
    static GpuPrices parse(JsonNode node) {
        return new GpuPrices(
                Json.decimal(node, "min_price"), Json.decimal(node, "max_price"), Json.integer(node, "total_gpus"));
    }
}
