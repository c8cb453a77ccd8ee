package io.aitbc.openclaw.provider.coordinator;

import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What the coordinator says about its exchange. The change of price is a constant there and is left out.
 *
 * @param price of a coin, in ETH
 * @param dailyVolume coins
 */
public record ExchangeStats(
        Optional<BigDecimal> price,
        Optional<BigDecimal> dailyVolume,
        Optional<Long> totalPayments,
        Optional<Long> pendingPayments) {
    static ExchangeStats parse(JsonNode node) {
        return new ExchangeStats(
                Json.decimal(node, "price"),
                Json.decimal(node, "daily_volume"),
                Json.integer(node, "total_payments"),
                Json.integer(node, "pending_payments"));
    }
}
