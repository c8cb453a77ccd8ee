package io.aitbc.openclaw.devnet;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns what the coordinator says today into what it said in March 2026. */
final class March {
    private static final Set<String> ABSENT = Set.of("POST /v1/auth/nonce", "POST /v1/login");

    private static final List<String> JOB_FIELDS = List.of(
            "job_id",
            "state",
            "assigned_miner_id",
            "requested_at",
            "expires_at",
            "error",
            "payment_id",
            "payment_status");

    private static final Set<String> TIMES = Set.of(
            "requested_at",
            "expires_at",
            "created_at",
            "updated_at",
            "released_at",
            "refunded_at",
            "verified_at",
            "issuedAt",
            "calculated_at",
            "timestamp");

    private static final Set<String> AMOUNTS =
            Set.of("amount", "price", "price_per_hour", "averagePrice", "min_price", "max_price");

    /** What clients and miners wrote is nobody's to change. */
    private static final Set<String> FOREIGN = Set.of("payload", "result", "metadata", "constraints", "receipt");

    private March() {}

    /** Whether the coordinator of March lacked a route: no wallets, no direct inference. */
    static boolean lacks(String routeName) {
        return ABSENT.contains(routeName) || routeName.contains(" /v1/inference/");
    }

    static ApiResponse rates() {
        return ApiResponse.ok(Json.object()
                .put("btc_to_aitbc", 100_000.0)
                .put("aitbc_to_btc", 0.00001)
                .put("fee_percent", 0.5));
    }

    static ApiResponse earnings() {
        ObjectNode body = Json.object()
                .put("total_earnings", 0.0)
                .put("pending_earnings", 0.0)
                .put("paid_earnings", 0.0)
                .put("completed_jobs", 0)
                .put("currency", "AITBC");
        body.putArray("earnings_history");
        return ApiResponse.ok(body);
    }

    static ApiResponse translated(ApiResponse response) {
        return response.body() instanceof ApiResponse.Body.Value value
                ? response.withBody(new ApiResponse.Body.Value(translated(value.json())))
                : response;
    }

    private static JsonNode translated(JsonNode node) {
        if (node.isArray()) {
            ArrayNode copy = Json.array();
            node.values().forEach(item -> copy.add(translated(item)));
            return copy;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        boolean job = object.has("requested_at") && object.has("state");
        ObjectNode copy = Json.object();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (!job || JOB_FIELDS.contains(entry.getKey())) {
                copy.set(entry.getKey(), translated(entry.getKey(), entry.getValue()));
            }
        }
        return copy;
    }

    private static JsonNode translated(String name, JsonNode value) {
        if (FOREIGN.contains(name)) {
            return value;
        }
        if (!value.isString()) {
            return translated(value);
        }
        if (TIMES.contains(name)) {
            return Json.object().stringNode(naive(value.stringValue()));
        }
        return AMOUNTS.contains(name)
                ? Json.object().numberNode(new BigDecimal(value.stringValue()).doubleValue())
                : value;
    }

    private static String naive(String time) {
        String plain = time.endsWith("Z") ? time.substring(0, time.length() - 1) : time;
        return plain.endsWith("+00:00") ? plain.substring(0, plain.length() - 6) : plain;
    }
}
