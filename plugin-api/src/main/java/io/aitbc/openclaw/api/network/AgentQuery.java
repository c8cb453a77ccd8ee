package io.aitbc.openclaw.api.network;

import java.util.List;
import java.util.Optional;

/**
 * Which agents are wanted; an empty filter accepts all.
 *
 * @param type exact
 * @param capabilities all of which an agent must have
 * @param limit most rows, 1 to 1000
 */
public record AgentQuery(Optional<String> type, List<String> capabilities, int limit) {
    public AgentQuery {
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("limit must be 1 to 1000, not " + limit);
        }
        capabilities = List.copyOf(capabilities);
    }

    public static AgentQuery all() {
        return new AgentQuery(Optional.empty(), List.of(), 1000);
    }
}
