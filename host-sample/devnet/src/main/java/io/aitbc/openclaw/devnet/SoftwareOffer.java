package io.aitbc.openclaw.devnet;

import java.math.BigDecimal;
import java.net.URI;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * An offer of a model on the marketplace service, for {@link Devnet#publish}.
 *
 * @param pluginId key of the offer: a second one of the same id takes the place of the first
 * @param price in AIT per 1,000 tokens
 * @param nodeId of the miner
 * @param providerAddress where the miner wants to be paid: {@code 0x} and 40 hexadecimal digits
 * @param publicEndpoint of the miner's Ollama; such offers are written into the chain too
 */
public record SoftwareOffer(
        String pluginId,
        String model,
        BigDecimal price,
        String nodeId,
        Optional<String> providerAddress,
        Optional<URI> publicEndpoint) {

    public static SoftwareOffer of(String pluginId, String model, String nodeId) {
        return new SoftwareOffer(pluginId, model, new BigDecimal("0.02"), nodeId, Optional.empty(), Optional.empty());
    }

    public SoftwareOffer withPrice(BigDecimal value) {
        return new SoftwareOffer(pluginId, model, value, nodeId, providerAddress, publicEndpoint);
    }

    public SoftwareOffer withProviderAddress(String value) {
        return new SoftwareOffer(pluginId, model, price, nodeId, Optional.of(value), publicEndpoint);
    }

    public SoftwareOffer withPublicEndpoint(URI value) {
        return new SoftwareOffer(pluginId, model, price, nodeId, providerAddress, Optional.of(value));
    }

    /** What a miner posts. */
    ObjectNode json() {
        Optional<String> endpoint = publicEndpoint.map(URI::toString);
        return Json.object()
                .put("plugin_id", pluginId)
                .put("service_type", "ollama")
                .put("model", model)
                .put("price", price.doubleValue())
                .put("price_unit", "per_1k_tokens")
                .put("provider_address", providerAddress.orElse(null))
                .put("node_id", nodeId)
                .put("endpoint", endpoint.orElse(null))
                .put("public_endpoint", endpoint.orElse(null))
                .put("health_url", endpoint.map(url -> url + "/api/version").orElse(null))
                .put("description", "devnet miner, not the AITBC network")
                .put("status", "active");
    }
}
