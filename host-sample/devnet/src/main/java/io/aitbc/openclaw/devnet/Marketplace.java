package io.aitbc.openclaw.devnet;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The marketplace service: software offers, the nearest thing to a list of models the network has, and GPUs for rent. Nobody
 * is asked who they are, so anyone may overwrite or delete any offer.
 */
final class Marketplace {
    private static final String ROOT = "/v1/marketplace/";
    private static final String NOBODY = "0x0000000000000000000000000000000000000000";
    private static final int MOST_OFFERS = 10_000;
    private static final List<String> NULLABLE = List.of(
            "endpoint",
            "public_endpoint",
            "health_url",
            "provider_address",
            "node_id",
            "gpu_name",
            "gpu_device",
            "gpu_uuid",
            "description");

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, ObjectNode> offers = new LinkedHashMap<>();
    private final Identifiers identifiers;
    private final InstantSource clock;
    private final QuirkBoard quirks;

    private final Chain chain;
    private final GpuOffers gpus;
    private final Ratings ratings;

    Marketplace(Identifiers identifiers, InstantSource clock, QuirkBoard quirks, Chain chain) {
        this.chain = chain;
        this.gpus = new GpuOffers(identifiers, clock, chain);
        this.ratings = new Ratings(clock);
        this.identifiers = identifiers;
        this.clock = clock;
        this.quirks = quirks;
    }

    ApiResponse handle(ApiRequest request) {
        lock.lock();
        try {
            return dispatch(request);
        } catch (Validation.Failure e) {
            return error(400, e.text());
        } finally {
            lock.unlock();
        }
    }

    private ApiResponse dispatch(ApiRequest request) {
        String path = request.path();
        String method = request.method();
        if (path.equals("/health") && method.equals("GET")) {
            return ApiResponse.ok(Json.object()
                    .put("status", "ok")
                    .put("service", "marketplace")
                    .put("env", "devnet"));
        }
        if (!path.startsWith(ROOT)) {
            return error(404, "Not found");
        }
        String[] parts = path.substring(ROOT.length()).split("/", -1);
        String action = parts.length > 2 ? parts[2] : "";
        if (parts.length > 3) {
            return error(404, "Not found");
        }
        return switch (parts[0]) {
            case "offer" -> parts.length == 1 ? offers(request) : offer(parts[1], action, request);
            case "offers" -> parts.length == 1 ? gpuOffers(request) : gpus.handle(method, parts[1], action, request);
            case "match" ->
                parts.length == 1 && method.equals("POST") ? gpus.match(request.json()) : error(404, "Not found");
            default -> error(404, "Not found");
        };
    }

    private ApiResponse offers(ApiRequest request) {
        return switch (request.method()) {
            case "GET" -> list(request);
            case "POST" -> ApiResponse.ok(publish(request.json()));
            default -> error(405, "Method not allowed");
        };
    }

    private ApiResponse gpuOffers(ApiRequest request) {
        return switch (request.method()) {
            case "GET" -> gpus.list(request);
            case "POST" -> gpus.publish(request.json());
            default -> error(405, "Method not allowed");
        };
    }

    private ApiResponse offer(String pluginId, String action, ApiRequest request) {
        ObjectNode offer = offers.get(pluginId);
        if (offer == null) {
            return error(404, "Offer not found");
        }
        return switch (request.method() + " " + action) {
            case "GET " -> ApiResponse.ok(offer);
            case "DELETE " -> delete(pluginId);
            case "POST rate" -> rate(pluginId, offer, request.json());
            case "GET ratings" -> ratings.list(pluginId);
            default -> error(405, "Method not allowed");
        };
    }

    /** Answers that show the offer may still be on their way: they keep the old one. */
    private ApiResponse rate(String pluginId, ObjectNode offer, ObjectNode body) {
        ObjectNode rated = offer.deepCopy();
        ApiResponse response = ratings.rate(pluginId, rated, body);
        offers.put(pluginId, rated);
        return response;
    }

    private ApiResponse list(ApiRequest request) {
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("offers");
        if (!quirks.take(Quirk.EMPTY_OFFERS)) {
            offers.values().stream()
                    .filter(offer -> matches(offer, "service_type", request.query("service_type")))
                    .filter(offer -> matches(offer, "status", request.query("status")))
                    .forEach(list::add);
        }
        return ApiResponse.ok(body.put("total", list.size()));
    }

    private static boolean matches(ObjectNode offer, String name, Optional<String> wanted) {
        return wanted.map(text -> Json.text(offer, name).filter(text::equals).isPresent())
                .orElse(true);
    }

    private ApiResponse delete(String pluginId) {
        offers.remove(pluginId);
        return ApiResponse.ok(Json.object().put("plugin_id", pluginId).put("status", "deleted"));
    }

    /** Lists an offer as if it had been posted. */
    void add(ObjectNode offer) {
        lock.lock();
        try {
            publish(offer);
        } finally {
            lock.unlock();
        }
    }

    /** Takes the offers of a miner off the list. */
    void withdraw(String nodeId) {
        lock.lock();
        try {
            offers.values()
                    .removeIf(offer ->
                            Json.text(offer, "node_id").filter(nodeId::equals).isPresent());
        } finally {
            lock.unlock();
        }
    }

    /** Forgets everything. */
    void reset() {
        lock.lock();
        try {
            offers.clear();
            gpus.reset();
            ratings.reset();
        } finally {
            lock.unlock();
        }
    }

    int count() {
        lock.lock();
        try {
            return offers.size();
        } finally {
            lock.unlock();
        }
    }

    private ObjectNode publish(ObjectNode body) {
        String pluginId = Validation.requiredText(body, "plugin_id");
        if (offers.size() >= MOST_OFFERS && !offers.containsKey(pluginId)) {
            throw Validation.failure("body", "Too many offers", "too_many");
        }
        ObjectNode offer = Json.object()
                .put("plugin_id", pluginId)
                .put("offer_id", Json.text(body, "offer_id").orElseGet(() -> identifiers.hex(16)))
                .put("service_type", Validation.requiredText(body, "service_type"))
                .put("model", Validation.requiredText(body, "model"));
        offer.set("price", Validation.present(body, "price").orElse(offer.numberNode(0)));
        offer.put("price_unit", Json.text(body, "price_unit").orElse("per_1k_tokens"));
        for (String name : NULLABLE) {
            offer.put(name, Json.text(body, name).orElse(null));
        }
        offer.put("status", Json.text(body, "status").orElse("active"))
                .put("registered_at", TimeText.offset(clock.instant()))
                .put("avg_rating", 0.0)
                .put("rating_count", 0)
                .putNull("block_height")
                .putNull("block_hash");
        ObjectNode before = offers.put(pluginId, offer);
        if (offer.path("public_endpoint").isString() && !sameOffer(before, offer)) {
            chain.announce(Json.text(offer, "provider_address").orElse(NOBODY), offer);
        }
        return offer;
    }

    /** A miner that registers again posts its offers again, which is nothing new to the chain. */
    private static boolean sameOffer(@Nullable ObjectNode before, ObjectNode offer) {
        return before != null && before.path("public_endpoint").equals(offer.path("public_endpoint"));
    }

    static ApiResponse error(int status, String text) {
        return ApiResponse.json(status, Json.object().put("error", text));
    }
}
