package io.aitbc.openclaw.provider.coordinator;

import tools.jackson.databind.JsonNode;

/**
 * Reads the error bodies of the network: {@code {"detail":…}}, {@code {"error":{"message":…}}} with or without details, and
 * {@code {"error":"…"}}.
 */
public final class ErrorText {
    private static final int LONGEST = 300;

    private ErrorText() {}

    /** The text a person needs, on one line. */
    static String of(Reply reply) {
        String text = Json.read(reply.body()).map(ErrorText::text).orElse("");
        return text.isBlank() ? "HTTP status " + reply.status() : line(text);
    }

    private static String text(JsonNode body) {
        JsonNode detail = body.path("detail");
        if (detail.isString()) {
            return detail.stringValue();
        }
        JsonNode error = detail.isObject() ? detail : body.path("error");
        if (error.isString()) {
            return error.stringValue();
        }
        String message = Json.text(error, "message").orElse("");
        JsonNode first = error.path("details").path(0);
        return Json.text(first, "field")
                .map(field -> "%s: %s %s"
                        .formatted(message, field, Json.text(first, "message").orElse("")))
                .orElse(message);
    }

    /** Text of strangers made safe for a log or an error: one line, no control characters, not long. */
    public static String line(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return cut.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+", " ").strip();
    }
}
