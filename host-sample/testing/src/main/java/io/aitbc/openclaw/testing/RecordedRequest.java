package io.aitbc.openclaw.testing;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A request as a scripted server received it.
 *
 * @param path without the query
 * @param headers names in lower case; of repeated ones the last
 * @param body as text
 */
public record RecordedRequest(String method, String path, Map<String, String> headers, String body) {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    public RecordedRequest {
        headers = Map.copyOf(headers);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The body as JSON; a missing node when it is empty or no JSON. */
    public JsonNode json() {
        try {
            return body.isBlank() ? MissingNode.getInstance() : MAPPER.readTree(body);
        } catch (tools.jackson.core.JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    /** The model it names in {@code model} or the older {@code name}; empty when it names none. */
    public String model() {
        JsonNode json = json();
        return json.path("model").asString(json.path("name").asString(""));
    }

    /** Whether it asks for a stream, as Ollama decides it: unless it says {@code false}. */
    public boolean stream() {
        return json().path("stream").asBoolean(true);
    }
}
