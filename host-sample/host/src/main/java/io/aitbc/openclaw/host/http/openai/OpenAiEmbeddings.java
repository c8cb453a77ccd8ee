package io.aitbc.openclaw.host.http.openai;

import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.Embeddings;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.answer.EmbedCalls;
import io.aitbc.openclaw.host.http.answer.Metadata;
import io.aitbc.openclaw.host.http.answer.RequestContexts;
import io.aitbc.openclaw.host.http.json.JsonInput;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import io.aitbc.openclaw.host.http.wire.Exchange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code POST /v1/embeddings}. */
final class OpenAiEmbeddings {
    private final EmbedCalls calls;

    OpenAiEmbeddings(EmbedCalls calls) {
        this.calls = calls;
    }

    private static final class Body {
        String model = "";
        String format = "float";
        OptionalInt dimensions = OptionalInt.empty();
        final List<String> inputs = new ArrayList<>();

        void field(String name, JsonInput input) {
            switch (name) {
                case "model" -> model = input.string(model);
                case "encoding_format" -> format = input.string(format);
                case "dimensions" -> dimensions = input.integer();
                case "input" -> {
                    if (input.kind() == JsonInput.Kind.STRING) {
                        inputs.add(input.string(""));
                    } else {
                        inputs.addAll(input.strings());
                    }
                }
                default -> {}
            }
        }
    }

    void handle(Exchange exchange) {
        Body body = new Body();
        OpenAiBodies.read(exchange, "EmbedRequest", body::field);
        if (body.inputs.stream().allMatch(String::isEmpty)) {
            throw new ApiFailure(400, "invalid input");
        }
        if (!body.format.equals("float") && !body.format.equals("base64")) {
            throw new ApiFailure(
                    400,
                    "invalid value for 'encoding_format': '%s'; supported values are 'float' and 'base64'"
                            .formatted(body.format));
        }
        Optional<Embeddings> result = calls.embed(
                exchange,
                new EmbedRequest(
                        body.model,
                        body.inputs,
                        true,
                        body.dimensions,
                        GenerationOptions.none(),
                        Optional.empty(),
                        RequestContexts.of(exchange)));
        JsonOutput out = new JsonOutput();
        write(out, body, exchange.requestId(), result.orElseThrow());
        exchange.send(200, Exchange.PLAIN_JSON, out.array(), out.length());
    }

    private static void write(JsonOutput out, Body body, String requestId, Embeddings embeddings) {
        out.startObject().field("object", "list").startArray("data");
        for (int i = 0; i < embeddings.vectors().size(); i++) {
            out.startObject().field("object", "embedding");
            vector(out, embeddings.vectors().get(i), body.format.equals("base64"));
            out.field("index", i).endObject();
        }
        out.endArray().field("model", body.model);
        out.startObject("usage")
                .field("prompt_tokens", embeddings.promptTokens())
                .field("total_tokens", embeddings.promptTokens())
                .endObject();
        Metadata.write(out, requestId, embeddings);
        out.endObject().literal("\n");
    }

    /** Base64 of little-endian floats where it is asked for. */
    private static void vector(JsonOutput out, float[] vector, boolean base64) {
        if (base64) {
            ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(vector);
            out.field("embedding", Base64.getEncoder().encodeToString(bytes.array()));
            return;
        }
        out.startArray("embedding");
        for (float value : vector) {
            out.value(value);
        }
        out.endArray();
    }
}
