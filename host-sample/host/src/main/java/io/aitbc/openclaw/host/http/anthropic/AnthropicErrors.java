package io.aitbc.openclaw.host.http.anthropic;

import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import io.aitbc.openclaw.host.http.wire.Exchange;

/** {@code {"type":"error","error":{"type","message"},"request_id"}}. */
public final class AnthropicErrors {
    private AnthropicErrors() {}

    public static void send(Exchange exchange, ApiFailure failure) {
        JsonOutput out = new JsonOutput();
        write(out, failure, true);
        exchange.send(failure.status(), Exchange.JSON, out.array(), out.length());
    }

    static void write(JsonOutput out, ApiFailure failure, boolean requestId) {
        out.startObject().field("type", "error").startObject("error");
        out.field("type", type(failure.status()))
                .field("message", failure.text())
                .endObject();
        if (requestId) {
            out.field("request_id", AnthropicIds.next("req_"));
        }
        out.endObject();
    }

    private static String type(int status) {
        return switch (status) {
            case 400 -> "invalid_request_error";
            case 401 -> "authentication_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 503, 529 -> "overloaded_error";
            default -> "api_error";
        };
    }
}
