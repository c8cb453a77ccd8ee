package io.aitbc.openclaw.api.network;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An agent of a network, as it registered itself. Nothing in it is verified.
 *
 * @param network {@link ComputeNetwork#id()}
 * @param type the network's word
 * @param status the network's word: {@code active}, {@code busy}
 * @param endpoints URLs by name; addresses of strangers, not to be called without a check
 * @param lastSeen when it was last heard of
 */
public record Agent(
        String network,
        String agentId,
        String type,
        String status,
        List<String> capabilities,
        List<String> services,
        Map<String, String> endpoints,
        Optional<Instant> lastSeen) {
    public Agent {
        capabilities = List.copyOf(capabilities);
        services = List.copyOf(services);
        endpoints = Map.copyOf(endpoints);
    }
}
