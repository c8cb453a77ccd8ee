package io.aitbc.openclaw.host.http.openai;

import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.json.JsonFailure;
import io.aitbc.openclaw.host.http.json.JsonInput;
import io.aitbc.openclaw.host.http.wire.Exchange;

/** Reads bodies; what is wrong with them becomes a 400. */
final class OpenAiBodies {
    private OpenAiBodies() {}

    static void read(Exchange exchange, String type, JsonInput.Fields fields) {
        byte[] body = exchange.body();
        try {
            JsonInput.read(body, body.length, type, fields);
        } catch (JsonInput.Missing | JsonFailure e) {
            throw new ApiFailure(400, String.valueOf(e.getMessage()));
        }
    }
}
