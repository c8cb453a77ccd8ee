package io.aitbc.openclaw.devnet;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.api.inference.Role;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Ollama API a miner opens to the world: clients that read its address in an offer call it themselves, without the
 * coordinator, without a receipt. Its answers stream as newline-delimited JSON.
 */
final class MinerEndpoint implements HttpListener.Service {
    private static final Duration FOR_EVER = Duration.ofDays(1000);
    private static final String ELSEWHERE = "http://169.254.169.254/latest/meta-data/";
    private static final String LIE = "somebody-else:70b";
    private static final String NDJSON = "application/x-ndjson";

    /** How a piece of text looks in an answer. */
    private enum Shape {
        GENERATE,
        CHAT;

        private void put(ObjectNode line, String text) {
            if (this == GENERATE) {
                line.put("response", text);
            } else {
                line.putObject("message").put("role", "assistant").put("content", text);
            }
        }
    }

    private record Run(String model, Shape shape, Supplier<InferenceStream> start, boolean streams) {}

    private final String minerId;
    private final LocalEngine engine;
    private final DevnetOptions options;
    private final QuirkBoard quirks;
    private final InstantSource clock;

    MinerEndpoint(String minerId, LocalEngine engine, DevnetOptions options, QuirkBoard quirks) {
        this.minerId = minerId;
        this.engine = engine;
        this.options = options;
        this.quirks = quirks;
        this.clock = options.clock();
    }

    @Override
    public HttpListener.Reply reply(ApiRequest request) throws InterruptedException {
        boolean _ = quirks.hold(Quirk.ENDPOINT_HANGS, FOR_EVER);
        if (quirks.take(Quirk.ENDPOINT_REDIRECTS)) {
            return HttpListener.Reply.whole(
                    new ApiResponse(302, Map.of("Location", ELSEWHERE), new ApiResponse.Body.Nothing(), false));
        }
        return HttpListener.Reply.whole(answer(request).unhandled());
    }

    private ApiResponse answer(ApiRequest request) {
        try {
            return switch (request.method() + " " + request.path()) {
                case "GET /api/version" -> ApiResponse.ok(Json.object().put("version", "0.0.0-devnet"));
                case "GET /api/tags" -> tags();
                case "POST /api/generate" -> run(generate(request.json()));
                case "POST /api/chat" -> run(chat(request.json()));
                default -> error(404, "not found");
            };
        } catch (Validation.Failure e) {
            return error(400, e.text());
        } catch (OpenClawException e) {
            return failure(e);
        }
    }

    private static ApiResponse error(int status, String text) {
        return ApiResponse.json(status, Json.object().put("error", text));
    }

    private static ApiResponse failure(OpenClawException e) {
        int status = e.code() == ErrorCode.MODEL_NOT_FOUND ? 404 : e.code() == ErrorCode.INVALID_REQUEST ? 400 : 500;
        return error(status, Optional.ofNullable(e.getMessage()).orElse("inference failed"));
    }

    private ApiResponse tags() {
        ArrayNode models = Json.array();
        engine.catalogue()
                .forEach(model -> models.add(Json.object()
                        .put("name", model.name())
                        .put("model", model.name())
                        .put("size", model.sizeBytes().orElse(0))));
        return ApiResponse.ok(Json.object().set("models", models));
    }

    private Run generate(ObjectNode body) {
        String model = Validation.requiredText(body, "model");
        GenerateRequest request = new GenerateRequest(
                model,
                Validation.optionalText(body, "prompt").orElse(""),
                Optional.empty(),
                Validation.optionalText(body, "system"),
                Optional.empty(),
                List.of(),
                false,
                List.of(),
                settings(body),
                context());
        return new Run(model, Shape.GENERATE, () -> engine.generate(request), streams(body));
    }

    private Run chat(ObjectNode body) {
        String model = Validation.requiredText(body, "model");
        List<ChatMessage> messages = new ArrayList<>();
        for (JsonNode message : body.path("messages").values()) {
            ObjectNode said = Validation.object(message, "messages");
            messages.add(ChatMessage.of(
                    role(Validation.requiredText(said, "role")), Validation.requiredText(said, "content")));
        }
        if (messages.isEmpty()) {
            throw Validation.failure("messages", "messages must not be empty", "missing");
        }
        ChatRequest request = new ChatRequest(model, messages, List.of(), settings(body), context());
        return new Run(model, Shape.CHAT, () -> engine.chat(request), streams(body));
    }

    private static Role role(String name) {
        try {
            return Role.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Validation.failure("messages.role", "invalid role", "enum");
        }
    }

    private RequestContext context() {
        return RequestContext.of("devnet-direct-" + minerId);
    }

    private static boolean streams(ObjectNode body) {
        return Validation.present(body, "stream")
                .map(value -> Validation.flag(value, "stream"))
                .orElse(true);
    }

    private static InferenceSettings settings(ObjectNode body) {
        GenerationOptions options = GenerationOptions.none();
        ObjectNode given = Validation.optionalObject(body, "options").orElseGet(Json::object);
        for (Map.Entry<String, JsonNode> option : given.properties()) {
            JsonNode value = option.getValue();
            if (value.isIntegralNumber()) {
                options = options.with(option.getKey(), value.longValue());
            } else if (value.isNumber()) {
                options = options.with(option.getKey(), value.doubleValue());
            } else if (value.isString()) {
                options = options.with(option.getKey(), value.stringValue());
            } else if (value.isBoolean()) {
                options = options.with(option.getKey(), value.booleanValue());
            }
        }
        return InferenceSettings.of(options);
    }

    private ApiResponse run(Run run) {
        String told = quirks.take(Quirk.ENDPOINT_LIES) ? LIE : run.model();
        boolean cut = quirks.take(Quirk.ENDPOINT_CUT);
        if (quirks.take(Quirk.ENDPOINT_ENDLESS)) {
            return ApiResponse.stream(NDJSON, out -> endless(out, told, run.shape()));
        }
        if (engine.find(run.model()).isEmpty()) {
            return error(404, "model '" + run.model() + "' not found");
        }
        if (run.streams() || cut) {
            return ApiResponse.stream(NDJSON, out -> stream(out, run, told, cut));
        }
        EngineRun.Answer answer = EngineRun.run(run.start(), options.jobTimeout(), quirks::closed, text -> {});
        return ApiResponse.ok(last(told, run.shape(), answer.text(), answer));
    }

    private void stream(OutputStream out, Run run, String told, boolean cut) throws IOException {
        try {
            EngineRun.Answer answer = EngineRun.run(
                    run.start(), options.jobTimeout(), quirks::closed, text -> piece(out, run, told, text, cut));
            line(out, last(told, run.shape(), "", answer));
        } catch (OpenClawException e) {
            line(out, Json.object().put("error", e.getMessage()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void piece(OutputStream out, Run run, String told, String text, boolean cut) {
        try {
            line(out, piece(told, run.shape(), text));
            if (cut) {
                throw new HttpListener.ResetMidway();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode piece(String model, Shape shape, String text) {
        ObjectNode line = Json.object().put("model", model).put("created_at", TimeText.zulu(clock.instant()));
        shape.put(line, text);
        return line.put("done", false);
    }

    private ObjectNode last(String model, Shape shape, String text, EngineRun.Answer answer) {
        ObjectNode line = piece(model, shape, text).put("done", true).put("done_reason", "stop");
        if (shape == Shape.GENERATE) {
            ArrayNode context = line.putArray("context");
            answer.context().forEach(context::add);
        }
        return line.put("total_duration", answer.took().toNanos())
                .put("load_duration", 0)
                .put("prompt_eval_count", answer.promptTokens())
                .put("prompt_eval_duration", 0)
                .put("eval_count", answer.tokens())
                .put("eval_duration", answer.took().toNanos());
    }

    /** About four megabytes a second until the client has had enough. */
    private void endless(OutputStream out, String model, Shape shape) throws IOException {
        String flood = "again and ".repeat(400);
        try {
            while (quirks.pause(Duration.ofMillis(1))) {
                line(out, piece(model, shape, flood));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void line(OutputStream out, ObjectNode line) throws IOException {
        out.write(WireJson.bytes(line));
        out.write('\n');
        out.flush();
    }
}
