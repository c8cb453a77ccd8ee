package io.aitbc.openclaw.devnet;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What anybody said of software offers: nobody is asked whether they ever used one. Guarded by the {@link Marketplace}. */
final class Ratings {
    private static final int MOST_PER_OFFER = 1000;

    private final InstantSource clock;
    private final Map<String, ArrayNode> byOffer = new HashMap<>();

    Ratings(InstantSource clock) {
        this.clock = clock;
    }

    void reset() {
        byOffer.clear();
    }

    /** Adds a rating from 1 to 5 and writes the new average into the offer. */
    ApiResponse rate(String pluginId, ObjectNode offer, ObjectNode body) {
        JsonNode given = Validation.present(body, "rating")
                .orElseThrow(() -> Validation.failure("rating", "Field required", "missing"));
        int stars = Validation.integer(given, "rating").intValue();
        ArrayNode ratings = byOffer.computeIfAbsent(pluginId, id -> Json.array());
        if (stars < 1 || stars > 5) {
            throw Validation.failure("rating", "Rating must be between 1 and 5", "range");
        }
        if (ratings.size() >= MOST_PER_OFFER) {
            throw Validation.failure("rating", "Too many ratings", "too_many");
        }
        ratings.add(Json.object()
                .put("rating", stars)
                .put("comment", Validation.optionalText(body, "comment").orElse(null))
                .put("created_at", TimeText.offset(clock.instant())));
        double average = ratings.valueStream()
                .mapToInt(rating -> rating.path("rating").intValue())
                .average()
                .orElse(0);
        offer.put("avg_rating", average).put("rating_count", ratings.size());
        return ApiResponse.ok(Json.object()
                .put("plugin_id", pluginId)
                .put("avg_rating", average)
                .put("rating_count", ratings.size()));
    }

    ApiResponse list(String pluginId) {
        ArrayNode ratings = byOffer.getOrDefault(pluginId, Json.array());
        ObjectNode body = Json.object();
        body.set("ratings", ratings.deepCopy());
        return ApiResponse.ok(body.put("total", ratings.size()));
    }
}
