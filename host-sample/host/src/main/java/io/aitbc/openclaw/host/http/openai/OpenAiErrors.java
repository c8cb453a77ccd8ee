package io.aitbc.openclaw.host.http.openai;

import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import io.aitbc.openclaw.host.http.wire.Exchange;

/** {@code {"error":{"message","type","param","code"}}}. */
public final class OpenAiErrors {
    private OpenAiErrors() {}

    public static void send(Exchange exchange, ApiFailure failure) {
        JsonOutput out = new JsonOutput();
        out.startObject();
        write(out, failure);
        out.endObject().literal("\n");
        exchange.send(failure.status(), Exchange.PLAIN_JSON, out.array(), out.length());
    }

    static void write(JsonOutput out, ApiFailure failure) {
        out.startObject("error")
                .field("message", failure.text())
                .field("type", type(failure.status()))
                .nullField("param")
                .nullField("code")
                .endObject();
    }

    private static String type(int status) {
        return switch (status) {
            case 400, 413 -> "invalid_request_error";
            case 401 -> "authentication_error";
            case 404 -> "not_found_error";
            default -> "api_error";
        };
    }
}
