package io.aitbc.openclaw.devnet;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.RequestContext;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Inference on the hub's own engine: no miner, no payment, no receipt, but the only stream there is. */
final class InferenceRoutes {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int MOST_PROMPTS = 10;
    private static final int MOST_TOKENS = 8192;
    private static final String DOWN = "Ollama service not available";

    private final LocalEngine engine;
    private final QuirkBoard quirks;
    private final Identifiers identifiers;

    InferenceRoutes(LocalEngine engine, QuirkBoard quirks, Identifiers identifiers) {
        this.engine = engine;
        this.quirks = quirks;
        this.identifiers = identifiers;
    }

    void addTo(Routes routes) {
        routes.onConcurrently("POST /v1/inference/generate", this::generate);
        routes.onConcurrently("POST /v1/inference/generate/stream", this::stream);
        routes.onConcurrently("POST /v1/inference/batch", this::batch);
        routes.onConcurrently("GET /v1/inference/models", call -> models());
        routes.onConcurrently("GET /v1/inference/health", call -> health());
    }

    private ApiResponse generate(Routes.Call call) {
        GenerateRequest request = request(call.request().json());
        checkUp();
        EngineRun.Answer answer = run(request);
        ObjectNode body = Json.object()
                .put("success", true)
                .put("response", answer.text())
                .put("model", request.model());
        body.set("context", numbers(answer.context()));
        return ApiResponse.ok(
                body.put("total_duration", answer.took().toNanos()).put("eval_count", answer.tokens()));
    }

    private EngineRun.Answer run(GenerateRequest request) {
        try {
            return EngineRun.run(() -> engine.generate(request), LIMIT, quirks::closed, text -> {});
        } catch (OpenClawException e) {
            throw ApiFailure.detail(503, DOWN);
        }
    }

    private void checkUp() {
        if (quirks.take(Quirk.HUB_ENGINE_DOWN)) {
            throw ApiFailure.detail(503, DOWN);
        }
    }

    /** Failures come as an event of a stream with status 200. */
    private ApiResponse stream(Routes.Call call) {
        GenerateRequest request = request(call.request().json());
        if (quirks.take(Quirk.HUB_ENGINE_DOWN)) {
            return ApiResponse.events(out -> event(out, Json.object().put("error", "All connection attempts failed")));
        }
        boolean truncated = quirks.take(Quirk.SSE_TRUNCATED);
        boolean reset = quirks.take(Quirk.SSE_RESET);
        return ApiResponse.events(out -> {
            try {
                EngineRun.Answer answer = EngineRun.run(() -> engine.generate(request), LIMIT, quirks::closed, text -> {
                    uncheckedEvent(out, Json.object().put("token", text));
                    if (reset) {
                        throw new UncheckedIOException(new HttpListener.ResetMidway());
                    }
                });
                if (!truncated) {
                    ObjectNode last = Json.object().put("done", true);
                    last.set("context", numbers(answer.context()));
                    event(out, last);
                }
            } catch (OpenClawException e) {
                event(out, Json.object().put("error", e.getMessage()));
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        });
    }

    private static void uncheckedEvent(OutputStream out, ObjectNode data) {
        try {
            event(out, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void event(OutputStream out, ObjectNode data) throws IOException {
        out.write(("data: " + WireJson.text(data) + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private ApiResponse batch(Routes.Call call) {
        ObjectNode body = call.request().json();
        String model = Validation.requiredText(body, "model");
        JsonNode prompts = body.path("prompts");
        if (!prompts.isArray()) {
            throw Validation.failure("body.prompts", "Field required", "missing");
        }
        if (prompts.size() > MOST_PROMPTS) {
            throw Validation.failure(
                    "body.prompts",
                    "List should have at most 10 items after validation, not " + prompts.size(),
                    "too_long");
        }
        checkUp();
        ArrayNode results = Json.array();
        for (int i = 0; i < prompts.size(); i++) {
            String prompt = Validation.text(prompts.path(i), "body.prompts." + i);
            EngineRun.Answer answer =
                    run(request(Json.object().put("model", model).put("prompt", prompt)));
            results.add(Json.object()
                    .put("index", i)
                    .put("prompt", prompt)
                    .put("response", answer.text())
                    .put("success", true));
        }
        ObjectNode answer = Json.object()
                .put("success", true)
                .put("total", prompts.size())
                .put("completed", results.size())
                .put("failed", 0);
        answer.set("results", results);
        answer.putArray("errors");
        return ApiResponse.ok(answer);
    }

    private ApiResponse models() {
        checkUp();
        ArrayNode models = Json.array();
        for (ModelDescriptor model : engine.catalogue()) {
            ObjectNode row = Json.object().put("name", model.name());
            model.sizeBytes().ifPresentOrElse(size -> row.put("size", size), () -> row.putNull("size"));
            models.add(row.put("parameter_size", model.parameterSize().orElse(null))
                    .put("quantization", model.quantization().orElse(null))
                    .put("format", model.format().orElse(null)));
        }
        ObjectNode body = Json.object();
        body.set("models", models);
        return ApiResponse.ok(body.put("count", models.size()));
    }

    private ApiResponse health() {
        boolean up = !quirks.on(Quirk.HUB_ENGINE_DOWN);
        return ApiResponse.ok(Json.object()
                .put("status", up ? "healthy" : "unhealthy")
                .put("ollama_available", up)
                .put("service", "inference"));
    }

    private GenerateRequest request(ObjectNode body) {
        String model = Validation.requiredText(body, "model");
        String prompt = Validation.requiredText(body, "prompt");
        double temperature = Validation.present(body, "temperature")
                .map(value -> Validation.number(value, "body.temperature"))
                .map(BigDecimal::doubleValue)
                .orElse(0.7);
        long tokens = Validation.present(body, "max_tokens")
                .map(value -> Validation.integer(value, "body.max_tokens"))
                .map(InferenceRoutes::tokenCount)
                .orElse(2048L);
        List<Integer> context = new ArrayList<>();
        for (JsonNode token : body.path("context").values()) {
            context.add(Validation.integer(token, "body.context").intValue());
        }
        GenerationOptions options =
                GenerationOptions.of("temperature", temperature).with("num_predict", tokens);
        return new GenerateRequest(
                model,
                prompt,
                Optional.empty(),
                Validation.optionalText(body, "system"),
                Optional.empty(),
                context,
                false,
                List.of(),
                InferenceSettings.of(options),
                RequestContext.of("devnet-hub-" + identifiers.hex(4)));
    }

    private static long tokenCount(BigInteger value) {
        if (value.signum() < 1) {
            throw Validation.failure(
                    "body.max_tokens", "Input should be greater than or equal to 1", "greater_than_equal");
        }
        if (value.compareTo(BigInteger.valueOf(MOST_TOKENS)) > 0) {
            throw Validation.failure(
                    "body.max_tokens", "Input should be less than or equal to 8192", "less_than_equal");
        }
        return value.longValue();
    }

    private static ArrayNode numbers(List<Integer> values) {
        ArrayNode array = Json.array();
        values.forEach(array::add);
        return array;
    }
}
