package io.aitbc.openclaw.host.http.ollama;

import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.Embeddings;
import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.answer.EmbedCalls;
import io.aitbc.openclaw.host.http.answer.Metadata;
import io.aitbc.openclaw.host.http.answer.RequestContexts;
import io.aitbc.openclaw.host.http.json.JsonInput;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import io.aitbc.openclaw.host.http.wire.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code POST /api/embed} and its predecessor {@code /api/embeddings}. */
final class EmbedEndpoints {
    private final EmbedCalls calls;

    EmbedEndpoints(EmbedCalls calls) {
        this.calls = calls;
    }

    private static final class Body {
        final SharedFields shared = new SharedFields();
        final List<String> inputs = new ArrayList<>();
        boolean wrongInput;
        String prompt = "";
        OptionalInt dimensions = OptionalInt.empty();

        void field(String name, JsonInput input) {
            if (shared.read(name, input)) {
                return;
            }
            switch (name) {
                case "input" -> readInput(input);
                case "prompt" -> prompt = input.string(prompt);
                case "dimensions" -> dimensions = input.integer();
                default -> {}
            }
        }

        private void readInput(JsonInput input) {
            switch (input.kind()) {
                case NULL -> {}
                case STRING -> {
                    String text = input.string("");
                    if (!text.isEmpty()) {
                        inputs.add(text);
                    }
                }
                case ARRAY -> {
                    for (Object item : input.anyList()) {
                        if (item instanceof String text) {
                            inputs.add(text);
                        } else {
                            wrongInput = true;
                        }
                    }
                }
                default -> wrongInput = true;
            }
        }
    }

    void embed(Exchange exchange) {
        Body body = new Body();
        Bodies.read(exchange, "EmbedRequest", body::field);
        if (body.wrongInput) {
            throw new ApiFailure(400, "invalid input type");
        }
        JsonOutput out = new JsonOutput();
        Optional<Embeddings> result = calls.embed(exchange, request(exchange, body, body.inputs));
        out.startObject().field("model", body.shared.model).startArray("embeddings");
        result.ifPresent(embeddings -> embeddings.vectors().forEach(vector -> {
            out.startArray();
            for (float value : vector) {
                out.value(value);
            }
            out.endArray();
        }));
        out.endArray();
        result.ifPresent(embeddings -> {
            out.field("total_duration", embeddings.total().toNanos());
            if (!embeddings.load().isZero()) {
                out.field("load_duration", embeddings.load().toNanos());
            }
            out.field("prompt_eval_count", embeddings.promptTokens());
            Metadata.write(out, exchange.requestId(), embeddings);
        });
        out.endObject();
        exchange.send(200, Exchange.JSON, out.array(), out.length());
    }

    void legacy(Exchange exchange) {
        Body body = new Body();
        Bodies.read(exchange, "EmbeddingRequest", body::field);
        if (body.shared.model.isEmpty()) {
            throw new ApiFailure(400, "model is required");
        }
        List<String> inputs = body.prompt.isEmpty() ? List.of() : List.of(body.prompt);
        Optional<Embeddings> result = calls.embed(exchange, request(exchange, body, inputs));
        JsonOutput out = new JsonOutput();
        out.startObject().startArray("embedding");
        result.ifPresent(embeddings -> {
            for (float value : embeddings.vectors().getFirst()) {
                out.value(value);
            }
        });
        out.endArray();
        result.ifPresent(embeddings -> Metadata.write(out, exchange.requestId(), embeddings));
        out.endObject();
        exchange.send(200, Exchange.JSON, out.array(), out.length());
    }

    private static EmbedRequest request(Exchange exchange, Body body, List<String> inputs) {
        SharedFields shared = body.shared;
        return new EmbedRequest(
                shared.model,
                inputs,
                shared.truncate,
                body.dimensions,
                shared.options,
                shared.keepAlive,
                RequestContexts.of(exchange));
    }
}
