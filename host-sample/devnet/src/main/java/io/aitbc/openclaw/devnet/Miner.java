package io.aitbc.openclaw.devnet;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A registered miner. Guarded by the lock of the {@link Coordinator}. */
final class Miner {
    final String id;
    ObjectNode capabilities = Json.object();
    ObjectNode metadata = Json.object();
    Optional<String> region = Optional.empty();
    int concurrency = 1;
    int inflight;
    String status = "ONLINE";
    int completed;
    int failed;
    Instant registeredAt;

    Miner(String id, Instant registeredAt) {
        this.id = id;
        this.registeredAt = registeredAt;
    }

    boolean free() {
        return inflight < concurrency;
    }

    List<String> models() {
        return capabilities
                .path("models")
                .valueStream()
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .toList();
    }

    Optional<BigDecimal> price() {
        JsonNode price = capabilities.path("price");
        return price.isNumber() ? Optional.of(price.decimalValue()) : Optional.empty();
    }

    List<JsonNode> gpus() {
        return List.copyOf(capabilities.path("gpus").values());
    }

    /** What it says of itself goes before what it did. */
    double reputation() {
        for (ObjectNode source : List.of(metadata, capabilities)) {
            JsonNode claimed = source.path("reputation_score");
            if (claimed.isNumber()) {
                return claimed.doubleValue();
            }
        }
        int done = completed + failed;
        return done == 0 ? 0.5 : (double) completed / done;
    }

    /** The matching of the real dispatcher, without the bond gate. */
    boolean matches(Constraints constraints) {
        return constraints
                        .text("region")
                        .map(wanted -> region.filter(wanted::equals).isPresent())
                        .orElse(true)
                && constraints.text("gpu").map(this::hasGpu).orElse(true)
                && constraints.number("min_vram_gb").map(this::hasMemory).orElse(true)
                && constraints.text("cuda").map(this::hasCuda).orElse(true)
                && models().containsAll(constraints.models())
                && constraints.number("max_price").map(this::asksAtMost).orElse(true)
                && constraints
                        .number("min_reputation")
                        .map(least -> reputation() >= least.doubleValue())
                        .orElse(true);
    }

    private boolean hasGpu(String name) {
        return gpus().stream()
                .anyMatch(gpu -> Json.text(gpu, "name").filter(name::equals).isPresent());
    }

    private boolean hasMemory(BigDecimal gigabytes) {
        BigDecimal megabytes = gigabytes.multiply(new BigDecimal(1024));
        return gpus().stream()
                .map(gpu -> gpu.path("memory_mb"))
                .anyMatch(memory -> memory.isNumber() && megabytes.compareTo(memory.decimalValue()) <= 0);
    }

    private boolean hasCuda(String version) {
        return Json.text(capabilities, "cuda")
                .filter(mine -> mine.contains(version))
                .isPresent();
    }

    private boolean asksAtMost(BigDecimal most) {
        return price().filter(asked -> most.compareTo(asked) >= 0).isPresent();
    }
}
