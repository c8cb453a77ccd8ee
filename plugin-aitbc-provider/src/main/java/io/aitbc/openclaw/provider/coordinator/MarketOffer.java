package io.aitbc.openclaw.provider.coordinator;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Capacity of a miner, as the coordinator lists it. Nothing in it is verified.
 *
 * @param provider the miner's id
 * @param price AIT per hour
 * @param models the miner says it has
 */
public record MarketOffer(
        String id,
        String provider,
        Optional<BigDecimal> price,
        Optional<String> gpu,
        Optional<String> region,
        String status,
        List<String> models,
        Optional<Instant> createdAt) {
    public MarketOffer {
        models = List.copyOf(models);
    }

    /** @return empty when a field without which it cannot be used is missing */
    static Optional<MarketOffer> parse(JsonNode node) {
        Optional<String> id = Json.text(node, "id").filter(Ids::valid);
        Optional<String> provider = Json.text(node, "provider").filter(Ids::valid);
        if (id.isEmpty() || provider.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new MarketOffer(
                id.get(),
                provider.get(),
                Json.decimal(node, "price_per_hour")
                        .or(() -> Json.decimal(node, "price"))
                        .filter(price -> price.signum() >= 0),
                Json.line(node, "gpu_model"),
                Json.line(node, "region"),
                Json.line(node, "status").orElse(""),
                Json.lines(node.path("attributes"), "supported_models"),
                Json.time(node, "created_at")));
    }
}
