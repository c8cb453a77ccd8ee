package io.aitbc.openclaw.provider.registry;

import io.aitbc.openclaw.provider.coordinator.Ids;
import io.aitbc.openclaw.provider.coordinator.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An agent as it registered itself. Nothing in it is verified.
 *
 * @param endpoints URLs by name, of strangers
 */
public record AgentEntry(
        String agentId,
        String type,
        String status,
        List<String> capabilities,
        List<String> services,
        Map<String, String> endpoints,
        Optional<Instant> lastHeartbeat) {
    private static final int MOST_ENDPOINTS = 100;

    public AgentEntry {
        capabilities = List.copyOf(capabilities);
        services = List.copyOf(services);
        endpoints = Map.copyOf(endpoints);
    }

    /** @return empty when it has no usable id */
    static Optional<AgentEntry> parse(JsonNode node) {
        return Json.text(node, "agent_id")
                .filter(Ids::valid)
                .map(id -> new AgentEntry(
                        id,
                        Json.line(node, "agent_type").orElse(""),
                        Json.line(node, "status").orElse(""),
                        Json.lines(node, "capabilities"),
                        Json.lines(node, "services"),
                        endpoints(node.path("endpoints")),
                        Json.time(node, "last_heartbeat")));
    }

    private static Map<String, String> endpoints(JsonNode node) {
        Map<String, String> endpoints = new LinkedHashMap<>();
        for (String name : node.propertyNames()) {
            if (endpoints.size() < MOST_ENDPOINTS && Ids.valid(name)) {
                Json.line(node, name).ifPresent(url -> endpoints.put(name, url));
            }
        }
        return endpoints;
    }
}
