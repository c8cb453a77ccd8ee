package io.aitbc.openclaw.devnet;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer before it is put on a socket.
 *
 * @param handled whether a handler made it: answers of the layers around the handlers lack the {@code X-Request-ID}
 */
record ApiResponse(int status, Map<String, String> headers, Body body, boolean handled) {
    sealed interface Body {
        record Value(JsonNode json) implements Body {}

        record Page(String contentType, String text) implements Body {}

        record Nothing() implements Body {}

        /** @param writer writes pieces as they come; failures of the socket go through */
        record Stream(String contentType, Writer writer) implements Body {}
    }

    @FunctionalInterface
    interface Writer {
        void write(OutputStream out) throws IOException;
    }

    static ApiResponse json(int status, JsonNode json) {
        return new ApiResponse(status, Map.of(), new Body.Value(json), true);
    }

    static ApiResponse ok(JsonNode json) {
        return json(200, json);
    }

    static ApiResponse noContent() {
        return new ApiResponse(204, Map.of(), new Body.Nothing(), true);
    }

    static ApiResponse events(Writer writer) {
        return stream("text/event-stream; charset=utf-8", writer).withHeader("Cache-Control", "no-cache");
    }

    static ApiResponse stream(String contentType, Writer writer) {
        return new ApiResponse(200, Map.of(), new Body.Stream(contentType, writer), true);
    }

    static ApiResponse page(int status, String html) {
        return new ApiResponse(status, Map.of(), new Body.Page("text/html", html), false);
    }

    /** The body most failures have: {@code {"detail": …}}. */
    static ApiResponse detail(int status, String text) {
        return json(status, Json.object().put("detail", text));
    }

    /** The body of exceptions nobody caught. */
    static ApiResponse internalError(String path) {
        ObjectNode error = Json.object()
                .put("type", "internal_error")
                .put("message", "An internal server error occurred")
                .put("status_code", 500)
                .put("path", path);
        return json(500, Json.object().set("error", error)).unhandled();
    }

    ApiResponse unhandled() {
        return new ApiResponse(status, headers, body, false);
    }

    ApiResponse withBody(Body other) {
        return new ApiResponse(status, headers, other, handled);
    }

    ApiResponse withHeader(String name, String value) {
        Map<String, String> more = new java.util.LinkedHashMap<>(headers);
        more.put(name, value);
        return new ApiResponse(status, Map.copyOf(more), body, handled);
    }
}
