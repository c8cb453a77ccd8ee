package io.aitbc.openclaw.provider.coordinator;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What the coordinator says a miner has earned.
 *
 * @param paid AIT that were released
 * @param pending AIT in escrow of completed jobs
 * @param jobs those it names; not all of them when there are many
 */
public record Earnings(BigDecimal paid, BigDecimal pending, Set<String> jobs) {
    public Earnings {
        jobs = Set.copyOf(jobs);
    }

    static Earnings parse(JsonNode node) {
        Set<String> jobs = new HashSet<>();
        for (JsonNode item : node.path("earnings_history")) {
            Json.text(item, "job_id").filter(Ids::valid).ifPresent(jobs::add);
        }
        return new Earnings(
                Json.decimal(node, "paid_earnings").orElse(BigDecimal.ZERO),
                Json.decimal(node, "pending_earnings").orElse(BigDecimal.ZERO),
                jobs);
    }
}
