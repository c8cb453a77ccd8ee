package io.aitbc.openclaw.host.http.ollama;

import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import io.aitbc.openclaw.host.http.wire.Exchange;

/** {@code {"error":"…"}}. */
public final class OllamaErrors {
    private OllamaErrors() {}

    public static void send(Exchange exchange, ApiFailure failure) {
        JsonOutput out = new JsonOutput();
        out.startObject().field("error", failure.text()).endObject();
        exchange.send(
                failure.status(), failure.isLate() ? Exchange.PLAIN_JSON : Exchange.JSON, out.array(), out.length());
    }
}
