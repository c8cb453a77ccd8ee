package io.aitbc.openclaw.provider.chain;

import io.aitbc.openclaw.provider.coordinator.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Amounts in base units, written as numbers or as text. */
final class Units {
    private Units() {}

    /** @return empty for what is negative or no whole number */
    static Optional<BigInteger> of(JsonNode node, String field) {
        return Json.decimal(node, field)
                .filter(value ->
                        value.signum() >= 0 && value.stripTrailingZeros().scale() <= 0)
                .map(BigDecimal::toBigIntegerExact);
    }
}
