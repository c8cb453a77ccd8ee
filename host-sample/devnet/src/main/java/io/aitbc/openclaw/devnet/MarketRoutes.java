package io.aitbc.openclaw.devnet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What anyone may read: health, compute for sale, rates, reputation. GPUs and offers are those the registered miners
 * declare.
 */
final class MarketRoutes {
    private static final BigInteger MOST_GPUS = BigInteger.valueOf(500);

    private final Profile profile;
    private final Miners miners;
    private final Jobs jobs;
    private final InstantSource clock;

    MarketRoutes(Profile profile, Miners miners, Jobs jobs, InstantSource clock) {
        this.profile = profile;
        this.miners = miners;
        this.jobs = jobs;
        this.clock = clock;
    }

    void addTo(Routes routes) {
        routes.on(
                "GET /health",
                call -> ApiResponse.ok(Json.object()
                        .put("status", "ok")
                        .put("env", "devnet")
                        .put("python_version", "none, this is the devnet")));
        routes.on("GET /v1/marketplace/gpu/list", this::gpus);
        routes.on("GET /v1/marketplace/offers", call -> ApiResponse.ok(offers("")));
        routes.on("GET /v1/offers", call -> ApiResponse.ok(offers("")));
        routes.on("GET /v1/marketplace/miner-offers", call -> ApiResponse.ok(offers("miner_")));
        routes.on("GET /v1/marketplace/stats", call -> stats());
        routes.on("GET /v1/marketplace/pricing/{model}", this::pricing);
        routes.on("GET /v1/exchange/rates", call -> rates());
        routes.on("GET /v1/exchange/market-stats", call -> marketStats());
        routes.on("GET /v1/reputation/trust-score/{agent_id}", this::trustScore);
        routes.on(
                "GET /v1/fhe/health",
                call -> ApiResponse.ok(Json.object()
                        .put("status", "disabled")
                        .put("fhe_available", false)
                        .put("service", "fhe")));
        for (String operation :
                List.of("add", "encrypt", "decrypt", "inference", "multiply-scalar", "context/generate")) {
            routes.on("POST /v1/fhe/" + operation, call -> fheDisabled());
        }
    }

    private ApiResponse rates() {
        if (profile == Profile.MARCH) {
            return March.rates();
        }
        return ApiResponse.ok(Json.object()
                .put("eth_to_aitbc", "1000")
                .put("aitbc_to_eth", "0.001")
                .put("fee_percent", 0.5));
    }

    private static ApiResponse fheDisabled() {
        return ApiResponse.detail(501, "FHE service is disabled; use a vetted FHE library");
    }

    private List<ObjectNode> allGpus() {
        List<ObjectNode> gpus = new ArrayList<>();
        for (Miner miner : miners.all()) {
            int index = 0;
            for (JsonNode gpu : miner.gpus()) {
                gpus.add(gpu(miner, gpu, index++));
            }
        }
        return gpus;
    }

    private static ObjectNode gpu(Miner miner, JsonNode gpu, int index) {
        byte[] hash = Identifiers.sha256(miner.id + "#" + index);
        BigDecimal price = miner.price().orElse(BigDecimal.ZERO).setScale(8, RoundingMode.HALF_EVEN);
        ObjectNode view = Json.object()
                .put("id", "gpu_" + HexFormat.of().formatHex(hash, 0, 4))
                .put("miner_id", miner.id)
                .put("model", Json.text(gpu, "name").orElse("unknown"))
                .put("memory_gb", gpu.path("memory_mb").asInt(0) / 1000)
                .put("cuda_version", Json.text(miner.capabilities, "cuda").orElse(""))
                .put("region", miner.region.orElse("default"))
                .put("price_per_hour", price.toPlainString())
                .put("status", miner.free() ? "available" : "booked");
        view.putArray("capabilities");
        return view.put("created_at", TimeText.broken(miner.registeredAt))
                .put("average_rating", 0.0)
                .put("total_reviews", 0);
    }

    private ApiResponse gpus(Routes.Call call) {
        ArrayNode list = Json.array();
        Optional<String> model = call.request().query("model");
        Optional<String> region = call.request().query("region");
        boolean availableOnly =
                call.request().query("available").filter("true"::equals).isPresent();
        int limit = call.request()
                .query("limit")
                .map(text -> Validation.integer(text, "query.limit"))
                .map(value -> value.max(BigInteger.ZERO).min(MOST_GPUS).intValue())
                .orElse(100);
        Optional<BigDecimal> most = call.request()
                .query("price_max")
                .map(text -> Validation.number(list.stringNode(text), "query.price_max"));
        allGpus().stream()
                .filter(gpu -> matches(gpu, "model", model) && matches(gpu, "region", region))
                .filter(gpu -> !availableOnly || matches(gpu, "status", Optional.of("available")))
                .filter(gpu -> most.map(price -> price.compareTo(new BigDecimal(
                                        gpu.path("price_per_hour").stringValue()))
                                >= 0)
                        .orElse(true))
                .limit(limit)
                .forEach(list::add);
        return ApiResponse.ok(list);
    }

    private static boolean matches(ObjectNode object, String name, Optional<String> wanted) {
        return wanted.map(text -> Json.text(object, name).filter(text::equals).isPresent())
                .orElse(true);
    }

    private ArrayNode offers(String providerPrefix) {
        ArrayNode list = Json.array();
        for (Miner miner : miners.all()) {
            if (miner.id.startsWith(providerPrefix)) {
                list.add(offer(miner));
            }
        }
        return list;
    }

    private static ObjectNode offer(Miner miner) {
        String price = miner.price()
                .orElse(BigDecimal.ZERO)
                .setScale(8, RoundingMode.HALF_EVEN)
                .toPlainString();
        Optional<JsonNode> gpu = miner.gpus().stream().findFirst();
        ObjectNode offer = Json.object()
                .put("id", HexFormat.of().formatHex(Identifiers.sha256("offer#" + miner.id), 0, 16))
                .put("provider", miner.id)
                .put("capacity", miner.concurrency)
                .put("price", price)
                .put("sla", "standard")
                .put("status", "open")
                .put("created_at", TimeText.zulu(miner.registeredAt))
                .put("gpu_model", gpu.flatMap(first -> Json.text(first, "name")).orElse(null))
                .put(
                        "gpu_memory_gb",
                        gpu.map(first -> first.path("memory_mb").asInt(0) / 1000)
                                .orElse(null))
                .put("gpu_count", miner.gpus().size())
                .put("cuda_version", Json.text(miner.capabilities, "cuda").orElse(null))
                .put("price_per_hour", price)
                .put("region", miner.region.orElse(null));
        ArrayNode models = offer.putObject("attributes").putArray("supported_models");
        miner.models().forEach(models::add);
        return offer;
    }

    private ApiResponse stats() {
        BigDecimal total = BigDecimal.ZERO;
        int capacity = 0;
        for (Miner miner : miners.all()) {
            total = total.add(miner.price().orElse(BigDecimal.ZERO));
            capacity += Math.max(0, miner.concurrency - miner.inflight);
        }
        int count = miners.all().size();
        String average = count == 0
                ? "0.0"
                : total.divide(new BigDecimal(count), 8, RoundingMode.HALF_EVEN).toPlainString();
        return ApiResponse.ok(Json.object()
                .put("totalOffers", count)
                .put("openCapacity", capacity)
                .put("averagePrice", average)
                .put("activeBids", 0));
    }

    /** Only the static part of the real price, whose dynamic part cannot be reproduced. */
    private ApiResponse pricing(Routes.Call call) {
        String model = call.variable("model");
        List<BigDecimal> prices = allGpus().stream()
                .filter(gpu -> matches(gpu, "model", Optional.of(model)))
                .map(gpu -> new BigDecimal(gpu.path("price_per_hour").stringValue()))
                .sorted()
                .toList();
        if (prices.isEmpty()) {
            return ApiResponse.detail(404, "No GPUs found for model " + model);
        }
        return ApiResponse.ok(Json.object()
                .put("model", model)
                .put("min_price", prices.getFirst().toPlainString())
                .put("max_price", prices.getLast().toPlainString())
                .put("total_gpus", prices.size()));
    }

    private ApiResponse marketStats() {
        long all = jobs.all().stream().filter(job -> job.payment.isPresent()).count();
        long pending = jobs.all().stream()
                .filter(job -> job.payment
                        .filter(payment -> payment.status == Payment.Status.PENDING)
                        .isPresent())
                .count();
        return ApiResponse.ok(Json.object()
                .put("price", "0.001")
                .put("price_change_24h", "5.2")
                .put("daily_volume", "0")
                .put("daily_volume_eth", "0.0")
                .put("total_payments", all)
                .put("pending_payments", pending));
    }

    /** From 0 to 1000; what nobody has told yet counts as half. Failed answers count as successes, as on the network. */
    private ApiResponse trustScore(Routes.Call call) {
        String id = call.variable("agent_id");
        double success = 1000 * miners.find(id).map(Miner::reputation).orElse(0.5);
        double composite = (2 * success + 3 * 500) / 5;
        String level = composite >= 800
                ? "expert"
                : composite >= 600 ? "advanced" : composite >= 400 ? "intermediate" : "beginner";
        return ApiResponse.ok(Json.object()
                .put("agent_id", id)
                .put("composite_score", composite)
                .put("performance_score", success)
                .put("reliability_score", success)
                .put("community_score", 500.0)
                .put("security_score", 500.0)
                .put("economic_score", 500.0)
                .put("reputation_level", level)
                .put("calculated_at", TimeText.zulu(clock.instant())));
    }
}
