package io.aitbc.openclaw.host.http.ollama;

import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.json.JsonFailure;
import io.aitbc.openclaw.host.http.json.JsonInput;
import io.aitbc.openclaw.host.http.wire.Exchange;

/** Reads bodies; what is wrong with them becomes a 400 in Ollama's words. */
final class Bodies {
    private Bodies() {}

    static void read(Exchange exchange, String type, JsonInput.Fields fields) {
        read(exchange.body(), type, fields);
    }

    static void read(byte[] body, String type, JsonInput.Fields fields) {
        try {
            JsonInput.read(body, body.length, type, fields);
        } catch (JsonInput.Missing e) {
            throw new ApiFailure(400, "missing request body");
        } catch (JsonFailure e) {
            throw new ApiFailure(400, String.valueOf(e.getMessage()));
        }
    }
}
