package io.aitbc.openclaw.provider.coordinator;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A software offer of the marketplace service. Anybody can publish, overwrite and delete any offer: nothing in it is
 * verified.
 *
 * @param price AIT per {@code priceUnit}
 * @param priceUnit {@code per_1k_tokens}, {@code per_hour}, …
 * @param nodeId the miner's id
 * @param providerAddress who is paid
 * @param endpoint where its provider says it answers
 * @param publicEndpoint where it can be asked directly; a URL of a stranger
 * @param status {@code active} or {@code inactive}
 * @param pluginId its name at the service
 */
public record SoftwareOffer(
        String offerId,
        String serviceType,
        String model,
        BigDecimal price,
        String priceUnit,
        Optional<String> nodeId,
        Optional<String> providerAddress,
        Optional<String> gpuName,
        Optional<String> endpoint,
        Optional<String> publicEndpoint,
        String status,
        Optional<Instant> registeredAt,
        Optional<String> pluginId) {

    public boolean active() {
        return status.equals("active");
    }

    /** @return empty when a field without which it cannot be used is missing */
    static Optional<SoftwareOffer> parse(JsonNode node) {
        Optional<String> id = Json.text(node, "offer_id")
                .or(() -> Json.text(node, "plugin_id"))
                .filter(it -> !it.isBlank());
        Optional<String> model = Json.text(node, "model").filter(it -> !it.isBlank());
        Optional<BigDecimal> price = Json.decimal(node, "price").filter(it -> it.signum() >= 0);
        if (id.isEmpty() || model.isEmpty() || price.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SoftwareOffer(
                ErrorText.line(id.get()),
                Json.text(node, "service_type").map(ErrorText::line).orElse(""),
                ErrorText.line(model.get()),
                price.get(),
                Json.text(node, "price_unit").map(ErrorText::line).orElse(""),
                Json.text(node, "node_id").filter(Ids::valid),
                Json.text(node, "provider_address").filter(Ids::address),
                Json.text(node, "gpu_name").map(ErrorText::line).filter(it -> !it.isBlank()),
                Json.text(node, "public_endpoint")
                        .or(() -> Json.text(node, "endpoint"))
                        .map(ErrorText::line)
                        .filter(it -> !it.isBlank()),
                Json.text(node, "public_endpoint").map(String::strip).filter(it -> !it.isEmpty()),
                Json.text(node, "status").orElse("active"),
                Json.time(node, "registered_at"),
                Json.text(node, "plugin_id").filter(Ids::valid)));
    }
}
