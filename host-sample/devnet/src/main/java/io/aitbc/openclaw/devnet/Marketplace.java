package io.aitbc.openclaw.devnet;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The marketplace service's software offers: the nearest thing to a list of models the network has. Nobody is asked who
 * they are, so anyone may overwrite or delete any offer.
 */
final class Marketplace {
    private static final String OFFERS = "/v1/marketplace/offer";
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

    Marketplace(Identifiers identifiers, InstantSource clock, QuirkBoard quirks) {
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
        if (path.equals(OFFERS)) {
            return switch (method) {
                case "GET" -> list(request);
                case "POST" -> ApiResponse.ok(publish(request.json()));
                default -> error(405, "Method not allowed");
            };
        }
        if (path.startsWith(OFFERS + "/")) {
            String pluginId = path.substring(OFFERS.length() + 1);
            return switch (method) {
                case "GET" -> find(pluginId).map(ApiResponse::ok).orElseGet(Marketplace::notFound);
                case "DELETE" -> delete(pluginId);
                default -> error(405, "Method not allowed");
            };
        }
        return error(404, "Not found");
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

    private Optional<ObjectNode> find(String pluginId) {
        return Optional.ofNullable(offers.get(pluginId));
    }

    private ApiResponse delete(String pluginId) {
        if (offers.remove(pluginId) == null) {
            return notFound();
        }
        return ApiResponse.ok(Json.object().put("plugin_id", pluginId).put("status", "deleted"));
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
        offers.put(pluginId, offer);
        return offer;
    }

    private static ApiResponse notFound() {
        return error(404, "Offer not found");
    }

    private static ApiResponse error(int status, String text) {
        return ApiResponse.json(status, Json.object().put("error", text));
    }
}
