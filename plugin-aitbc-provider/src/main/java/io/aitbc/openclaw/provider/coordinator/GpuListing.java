package io.aitbc.openclaw.provider.coordinator;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A GPU for rent, from the coordinator's list.
 *
 * @param pricePerHour AIT
 */
public record GpuListing(
        String id,
        String minerId,
        String model,
        BigDecimal pricePerHour,
        boolean available,
        Optional<Instant> createdAt) {

    static Optional<GpuListing> parse(JsonNode node) {
        Optional<String> id = Json.text(node, "id").filter(Ids::valid);
        Optional<String> miner = Json.text(node, "miner_id").filter(Ids::valid);
        Optional<BigDecimal> price = Json.decimal(node, "price_per_hour").filter(it -> it.signum() >= 0);
        if (id.isEmpty() || miner.isEmpty() || price.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new GpuListing(
                id.get(),
                miner.get(),
                Json.text(node, "model").map(ErrorText::line).orElse("unknown"),
                price.get(),
                Json.text(node, "status").orElse("").equals("available"),
                Json.time(node, "created_at")));
    }
}
