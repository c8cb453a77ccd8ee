package io.aitbc.openclaw.provider.direct;

import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.OutputFormat;
import io.aitbc.openclaw.api.inference.Think;
import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.provider.coordinator.Json;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is sent to an endpoint, in the form of Ollama's API: the model, the conversation and how to answer it. How long the
 * model stays loaded afterwards is the business of whoever runs it, and is not sent.
 *
 * @param path {@code api/chat} or {@code api/generate}
 * @param model name of the model at the endpoint, which every line of the answer has to repeat
 * @param json the body, an object
 */
public record DirectQuestion(String path, String model, String json) {
    /** @param model name at the endpoint */
    public static DirectQuestion of(ChatRequest request, String model) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("model", model);
        ArrayNode messages = body.putArray("messages");
        request.messages().forEach(message -> message(messages.addObject(), message));
        if (!request.tools().isEmpty()) {
            ArrayNode tools = body.putArray("tools");
            request.tools().forEach(tool -> tools.add(tree(tool.json())));
        }
        settings(body, request.settings());
        return new DirectQuestion("api/chat", model, body.toString());
    }

    /** @param model name at the endpoint */
    public static DirectQuestion of(GenerateRequest request, String model) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("model", model).put("prompt", request.prompt());
        request.suffix().ifPresent(text -> body.put("suffix", text));
        request.system().ifPresent(text -> body.put("system", text));
        request.template().ifPresent(text -> body.put("template", text));
        if (!request.contextTokens().isEmpty()) {
            ArrayNode tokens = body.putArray("context");
            request.contextTokens().forEach(tokens::add);
        }
        if (request.raw()) {
            body.put("raw", true);
        }
        texts(body, "images", request.images());
        settings(body, request.settings());
        return new DirectQuestion("api/generate", model, body.toString());
    }

    private static void message(ObjectNode json, ChatMessage message) {
        json.put("role", message.role().wireName()).put("content", message.content());
        message.thinking().ifPresent(text -> json.put("thinking", text));
        texts(json, "images", message.images());
        if (!message.toolCalls().isEmpty()) {
            ArrayNode calls = json.putArray("tool_calls");
            message.toolCalls().forEach(call -> call(calls.addObject(), call));
        }
        message.toolName().ifPresent(name -> json.put("tool_name", name));
        message.toolCallId().ifPresent(id -> json.put("tool_call_id", id));
    }

    private static void call(ObjectNode json, ToolCall call) {
        if (!call.id().isEmpty()) {
            json.put("id", call.id());
        }
        json.putObject("function").put("name", call.name()).set("arguments", tree(call.argumentsJson()));
    }

    private static void settings(ObjectNode body, InferenceSettings settings) {
        body.put("stream", true);
        settings.format().ifPresent(format -> {
            switch (format) {
                case OutputFormat.Json _ -> body.put("format", "json");
                case OutputFormat.Schema schema -> body.set("format", tree(schema.schema()));
            }
        });
        switch (settings.think()) {
            case UNSET -> {}
            case OFF -> body.put("think", false);
            case ON -> body.put("think", true);
            case LOW, MEDIUM, HIGH, MAX -> body.put("think", level(settings.think()));
        }
        if (!settings.options().values().isEmpty()) {
            body.set("options", Json.MAPPER.valueToTree(settings.options().values()));
        }
        if (settings.logprobs()) {
            body.put("logprobs", true);
        }
        if (settings.topLogprobs() > 0) {
            body.put("top_logprobs", settings.topLogprobs());
        }
        if (!settings.truncate()) {
            body.put("truncate", false);
        }
        if (!settings.shift()) {
            body.put("shift", false);
        }
    }

    private static String level(Think think) {
        return think.name().toLowerCase(Locale.ROOT);
    }

    private static void texts(ObjectNode json, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode list = json.putArray(name);
            texts.forEach(list::add);
        }
    }

    /** Arguments that are no JSON were made by a model; they are passed back as the text they are. */
    private static JsonNode tree(String json) {
        if (json.isBlank()) {
            return Json.MAPPER.createObjectNode();
        }
        return Json.read(json).orElseGet(() -> Json.MAPPER.getNodeFactory().stringNode(json));
    }

    /** The text stays out of logs. */
    @Override
    public String toString() {
        return "DirectQuestion[%s %s]".formatted(path, model);
    }
}
