package io.aitbc.openclaw.bench.network;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What the client was told, what its ledger holds and what the network did, compared job by job.
 *
 * @param doubled receipts beyond one for each reference a client gave
 * @param different jobs that one of the three does not know, or knows with another amount
 */
record Books(int doubled, int different) {
    private static final int ALL = 1_000_000;
    private static final double UNITS_PER_COIN = 3600;

    /**
     * @param answered cost of each job, as the answers said
     * @param settled cost of each job, as the ledger says
     */
    static Books compare(Map<String, Long> answered, Map<String, Long> settled, BenchNetwork network)
            throws IOException, InterruptedException {
        Map<String, Long> paid = paid(network);
        Set<String> jobs = new HashSet<>(answered.keySet());
        jobs.addAll(settled.keySet());
        jobs.addAll(paid.keySet());
        int different = 0;
        for (String job : jobs) {
            Long cost = answered.get(job);
            if (cost == null || !cost.equals(settled.get(job)) || !cost.equals(paid.get(job))) {
                different++;
            }
        }
        return new Books(doubled(network), different);
    }

    /** What the miner got for each job, before the network's share. */
    private static Map<String, Long> paid(BenchNetwork network) throws IOException, InterruptedException {
        String miner = network.devnet().minerId();
        String url = network.devnet().coordinatorUrl() + "/v1/miners/" + miner + "/earnings";
        JsonNode earnings = network.ask(network.post(url, Map.of())
                .header("X-Api-Key", network.devnet().minerKey())
                .header("X-Miner-ID", miner));
        Map<String, Long> paid = new HashMap<>();
        for (JsonNode row : earnings.path("earnings_history")) {
            long units = Math.round(row.path("amount").asDouble() * UNITS_PER_COIN);
            paid.merge(row.path("job_id").asString(), units, Long::sum);
        }
        return paid;
    }

    private static int doubled(BenchNetwork network) throws IOException, InterruptedException {
        URI receipts = URI.create(network.devnet().coordinatorUrl() + "/v1/explorer/receipts?limit=" + ALL);
        Set<String> references = new HashSet<>();
        int doubled = 0;
        for (JsonNode item : network.ask(HttpRequest.newBuilder(receipts)).path("items")) {
            JsonNode payload = item.path("payload").path("metadata").path("job_payload");
            if (!references.add(
                    Objects.requireNonNull(payload.path("client_reference").asString()))) {
                doubled++;
            }
        }
        return doubled;
    }
}
