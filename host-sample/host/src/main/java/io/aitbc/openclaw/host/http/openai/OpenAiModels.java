package io.aitbc.openclaw.host.http.openai;

import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.host.http.answer.Failures;
import io.aitbc.openclaw.host.http.answer.ModelNames;
import io.aitbc.openclaw.host.http.answer.Models;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import io.aitbc.openclaw.host.http.wire.Exchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** {@code GET /v1/models} and {@code /v1/models/NAME}. */
final class OpenAiModels {
    static final String ONE = "/v1/models/";

    private final Models models;

    OpenAiModels(Models models) {
        this.models = models;
    }

    void list(Exchange exchange) {
        JsonOutput out = new JsonOutput();
        out.startObject().field("object", "list").startArray("data");
        models.all().forEach(found -> model(out, found.descriptor().name(), found.descriptor()));
        out.endArray().endObject().literal("\n");
        exchange.send(200, Exchange.PLAIN_JSON, out.array(), out.length());
    }

    void one(Exchange exchange) {
        String escaped = exchange.path().substring(ONE.length()).replace("+", "%2B");
        String name = URLDecoder.decode(escaped, StandardCharsets.UTF_8);
        ModelDescriptor descriptor = models.find(name)
                .orElseThrow(() -> Failures.modelNotFound(ModelNames.withTag(name)))
                .descriptor();
        JsonOutput out = new JsonOutput();
        model(out, name, descriptor);
        out.literal("\n");
        exchange.send(200, Exchange.PLAIN_JSON, out.array(), out.length());
    }

    private static void model(JsonOutput out, String id, ModelDescriptor model) {
        out.startObject()
                .field("id", id)
                .field("object", "model")
                .field(
                        "created",
                        model.modifiedAt().map(Instant::getEpochSecond).orElse(0L))
                .field("owned_by", Models.isNetwork(model) ? model.providerId() : "library")
                .endObject();
    }
}
