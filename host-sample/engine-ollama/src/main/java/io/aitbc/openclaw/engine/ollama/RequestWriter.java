package io.aitbc.openclaw.engine.ollama;

import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.OutputFormat;
import io.aitbc.openclaw.api.inference.Think;
import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.api.inference.ToolDefinition;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes the bodies of Ollama's API. What a request leaves open is left out, so that Ollama's own defaults hold. */
final class RequestWriter {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private RequestWriter() {}

    static byte[] chat(ChatRequest request, String model) {
        return write(json -> {
            json.writeStringProperty("model", model);
            json.writeArrayPropertyStart("messages");
            for (ChatMessage message : request.messages()) {
                message(json, message);
            }
            json.writeEndArray();
            if (!request.tools().isEmpty()) {
                json.writeArrayPropertyStart("tools");
                for (ToolDefinition tool : request.tools()) {
                    json.writeRawValue(tool.json());
                }
                json.writeEndArray();
            }
            settings(json, request.settings());
        });
    }

    private static void message(JsonGenerator json, ChatMessage message) {
        json.writeStartObject();
        json.writeStringProperty("role", message.role().wireName());
        json.writeStringProperty("content", message.content());
        message.thinking().ifPresent(text -> json.writeStringProperty("thinking", text));
        texts(json, "images", message.images());
        if (!message.toolCalls().isEmpty()) {
            json.writeArrayPropertyStart("tool_calls");
            for (int index = 0; index < message.toolCalls().size(); index++) {
                toolCall(json, message.toolCalls().get(index), index);
            }
            json.writeEndArray();
        }
        message.toolName().ifPresent(name -> json.writeStringProperty("tool_name", name));
        message.toolCallId().ifPresent(id -> json.writeStringProperty("tool_call_id", id));
        json.writeEndObject();
    }

    private static void toolCall(JsonGenerator json, ToolCall call, int index) {
        json.writeStartObject();
        if (!call.id().isEmpty()) {
            json.writeStringProperty("id", call.id());
        }
        json.writeObjectPropertyStart("function");
        json.writeNumberProperty("index", index);
        json.writeStringProperty("name", call.name());
        json.writeName("arguments");
        json.writeRawValue(call.argumentsJson().isBlank() ? "{}" : call.argumentsJson());
        json.writeEndObject();
        json.writeEndObject();
    }

    static byte[] generate(GenerateRequest request, String model) {
        return write(json -> {
            json.writeStringProperty("model", model);
            json.writeStringProperty("prompt", request.prompt());
            request.suffix().ifPresent(text -> json.writeStringProperty("suffix", text));
            request.system().ifPresent(text -> json.writeStringProperty("system", text));
            request.template().ifPresent(text -> json.writeStringProperty("template", text));
            if (!request.contextTokens().isEmpty()) {
                json.writeArrayPropertyStart("context");
                for (int token : request.contextTokens()) {
                    json.writeNumber(token);
                }
                json.writeEndArray();
            }
            if (request.raw()) {
                json.writeBooleanProperty("raw", true);
            }
            texts(json, "images", request.images());
            settings(json, request.settings());
        });
    }

    private static void settings(JsonGenerator json, InferenceSettings settings) {
        json.writeBooleanProperty("stream", true);
        settings.format().ifPresent(format -> format(json, format));
        think(json, settings.think());
        keepAlive(json, settings.keepAlive());
        options(json, settings.options());
        if (settings.logprobs()) {
            json.writeBooleanProperty("logprobs", true);
        }
        if (settings.topLogprobs() > 0) {
            json.writeNumberProperty("top_logprobs", settings.topLogprobs());
        }
        if (!settings.truncate()) {
            json.writeBooleanProperty("truncate", false);
        }
        if (!settings.shift()) {
            json.writeBooleanProperty("shift", false);
        }
    }

    private static void format(JsonGenerator json, OutputFormat format) {
        switch (format) {
            case OutputFormat.Json _ -> json.writeStringProperty("format", "json");
            case OutputFormat.Schema schema -> {
                json.writeName("format");
                json.writeRawValue(schema.schema());
            }
        }
    }

    private static void think(JsonGenerator json, Think think) {
        switch (think) {
            case UNSET -> {}
            case OFF -> json.writeBooleanProperty("think", false);
            case ON -> json.writeBooleanProperty("think", true);
            case LOW -> json.writeStringProperty("think", "low");
            case MEDIUM -> json.writeStringProperty("think", "medium");
            case HIGH -> json.writeStringProperty("think", "high");
            case MAX -> json.writeStringProperty("think", "max");
        }
    }

    /** Whole seconds as a number, else as a text of milliseconds; any negative duration means for ever. */
    private static void keepAlive(JsonGenerator json, Optional<Duration> keepAlive) {
        keepAlive.ifPresent(time -> {
            if (time.isNegative()) {
                json.writeNumberProperty("keep_alive", -1);
            } else if (time.equals(Duration.ofSeconds(time.toSeconds()))) {
                json.writeNumberProperty("keep_alive", time.toSeconds());
            } else {
                json.writeStringProperty("keep_alive", Math.max(1, time.toMillis()) + "ms");
            }
        });
    }

    private static void options(JsonGenerator json, GenerationOptions options) {
        if (!options.values().isEmpty()) {
            json.writeName("options");
            value(json, options.values());
        }
    }

    private static void value(JsonGenerator json, Object value) {
        switch (value) {
            case String text -> json.writeString(text);
            case Boolean flag -> json.writeBoolean(flag);
            case Long whole -> json.writeNumber(whole);
            case Integer whole -> json.writeNumber(whole);
            case Number number -> json.writeNumber(number.doubleValue());
            case List<?> list -> {
                json.writeStartArray();
                list.forEach(item -> value(json, item));
                json.writeEndArray();
            }
            case Map<?, ?> map -> {
                json.writeStartObject();
                map.forEach((name, item) -> {
                    json.writeName(String.valueOf(name));
                    value(json, item);
                });
                json.writeEndObject();
            }
            default -> json.writeString(value.toString());
        }
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            json.writeArrayPropertyStart(name);
            texts.forEach(json::writeString);
            json.writeEndArray();
        }
    }

    static byte[] embed(EmbedRequest request, String model) {
        return write(json -> {
            json.writeStringProperty("model", model);
            json.writeArrayPropertyStart("input");
            request.inputs().forEach(json::writeString);
            json.writeEndArray();
            if (!request.truncate()) {
                json.writeBooleanProperty("truncate", false);
            }
            request.dimensions().ifPresent(length -> json.writeNumberProperty("dimensions", length));
            keepAlive(json, request.keepAlive());
            options(json, request.options());
        });
    }

    /** Loads a model: an empty prompt, or no input for a model that only embeds. */
    static byte[] load(String model, boolean embedding, GenerationOptions options, Optional<Duration> keepAlive) {
        return write(json -> {
            json.writeStringProperty("model", model);
            if (embedding) {
                json.writeArrayPropertyStart("input");
                json.writeEndArray();
            } else {
                json.writeBooleanProperty("stream", false);
            }
            keepAlive(json, keepAlive);
            options(json, options);
        });
    }

    static byte[] show(String model, boolean verbose) {
        return write(json -> {
            json.writeStringProperty("model", model);
            if (verbose) {
                json.writeBooleanProperty("verbose", true);
            }
        });
    }

    /** An object of texts. */
    static byte[] fields(Map<String, Object> fields) {
        return write(json -> fields.forEach((name, value) -> {
            json.writeName(name);
            value(json, value);
        }));
    }

    private static byte[] write(Consumer<JsonGenerator> content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = MAPPER.createGenerator(bytes)) {
            json.writeStartObject();
            content.accept(json);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
