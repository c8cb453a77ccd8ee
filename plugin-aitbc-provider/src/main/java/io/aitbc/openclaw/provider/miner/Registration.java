package io.aitbc.openclaw.provider.miner;

import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.coordinator.Json;
import io.aitbc.openclaw.provider.coordinator.MinerClient;
import io.aitbc.openclaw.provider.coordinator.MinerReply;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the coordinator was told about this miner. */
final class Registration {
    /** The production miner's word. Whoever says {@code ONLINE} and dies keeps jobs from all with a lower reputation. */
    private static final String AT_WORK = "active";

    private static final String LEAVING = "OFFLINE";

    private final MinerClient client;
    private final MinerSettings settings;
    private final Workbench bench;
    private volatile Optional<List<String>> known = Optional.empty();

    Registration(MinerClient client, MinerSettings settings, Workbench bench) {
        this.client = client;
        this.settings = settings;
        this.bench = bench;
    }

    /** Models the coordinator was told; empty when it has to be told again. */
    Optional<List<String>> known() {
        return known;
    }

    void lost() {
        known = Optional.empty();
    }

    /** Registers. That alone sets the status to one that can starve others, so a heartbeat follows at once. */
    MinerReply register(List<String> models, CallScope scope) {
        MinerReply reply = client.register(capabilities(models), settings.concurrency(), settings.region(), scope);
        if (!reply.done()) {
            return reply;
        }
        MinerReply beat = client.heartbeat(bench.count(), AT_WORK, scope);
        if (beat.done()) {
            known = Optional.of(List.copyOf(models));
        }
        return beat;
    }

    /** The shape of the production miner, with what is true here. */
    private ObjectNode capabilities(List<String> models) {
        ObjectNode capabilities = Json.MAPPER.createObjectNode();
        ArrayNode gpus = capabilities.putArray("gpus");
        settings.gpu()
                .ifPresent(gpu -> gpus.addObject()
                        .put("name", gpu.name())
                        .put("memory_mb", gpu.memoryMegabytes())
                        .put("architecture", "unknown")
                        .put("consumer_grade", true)
                        .put("edge_optimized", false));
        capabilities.put("cuda", "unknown");
        ArrayNode names = capabilities.putArray("models");
        models.forEach(names::add);
        capabilities
                .put("price", settings.price())
                .put("region", settings.region())
                .put("platform", settings.gpu().isPresent() ? "CUDA" : "CPU");
        capabilities.putArray("supported_tasks").add("inference");
        return capabilities.put("max_concurrent_jobs", settings.concurrency());
    }

    /** Says how many jobs run here; the coordinator's own count forgets canceled and failed ones. */
    MinerReply heartbeat(CallScope scope) {
        MinerReply reply = client.heartbeat(bench.count(), AT_WORK, scope);
        if (reply instanceof MinerReply.Answered answered && answered.status() == 404) {
            lost();
        }
        return reply;
    }

    /** Leaves the network, so that no job waits for this miner. */
    MinerReply leave(CallScope scope) {
        lost();
        client.heartbeat(0, LEAVING, scope);
        return client.deregister(scope);
    }
}
