package io.aitbc.openclaw.devnet;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request as the services see it, whether it came over a socket or from the embedded miner.
 *
 * @param query first value of each parameter, decoded
 * @param headers names in lower case
 */
record ApiRequest(String method, String path, Map<String, String> query, Map<String, String> headers, byte[] body) {
    private static final byte[] NOTHING = {};

    static ApiRequest of(String method, String path, Map<String, String> headers, Optional<ObjectNode> body) {
        return new ApiRequest(
                method, path, Map.of(), headers, body.map(WireJson::bytes).orElse(NOTHING));
    }

    Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** The body as a JSON object; otherwise the failure the framework of the real services answers with. */
    ObjectNode json() {
        if (body.length == 0) {
            throw Validation.failure("body", "Field required", "missing");
        }
        Optional<JsonNode> node = Json.parse(body);
        boolean declared = header("content-type").orElse("").contains("json");
        if (declared && node.isEmpty()) {
            throw Validation.failure("body.0", "JSON decode error", "json_invalid");
        }
        if (!declared || !(node.get() instanceof ObjectNode object)) {
            throw Validation.failure(
                    "body",
                    "Input should be a valid dictionary or object to extract fields from",
                    "model_attributes_type");
        }
        return object;
    }
}
