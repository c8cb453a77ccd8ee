package io.aitbc.openclaw.provider.privacy;

import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.OutputFormat;
import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.api.inference.ToolDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Changes every text of a request, oldest first.
 *
 * @param text for plain texts
 * @param json for texts that are JSON documents
 */
record RequestTexts(UnaryOperator<String> text, UnaryOperator<String> json) {

    ChatRequest map(ChatRequest request) {
        return new ChatRequest(
                request.model(),
                request.messages().stream().map(this::message).toList(),
                request.tools().stream()
                        .map(tool -> new ToolDefinition(text.apply(tool.name()), json.apply(tool.json())))
                        .toList(),
                settings(request.settings()),
                request.context());
    }

    GenerateRequest map(GenerateRequest request) {
        return new GenerateRequest(
                request.model(),
                text.apply(request.prompt()),
                request.suffix().map(text),
                request.system().map(text),
                request.template().map(text),
                request.contextTokens(),
                request.raw(),
                request.images(),
                settings(request.settings()),
                request.context());
    }

    private ChatMessage message(ChatMessage message) {
        return new ChatMessage(
                message.role(),
                text.apply(message.content()),
                message.thinking().map(text),
                message.images(),
                message.toolCalls().stream()
                        .map(call -> new ToolCall(call.id(), text.apply(call.name()), json.apply(call.argumentsJson())))
                        .toList(),
                message.toolName().map(text),
                message.toolCallId());
    }

    private InferenceSettings settings(InferenceSettings settings) {
        return new InferenceSettings(
                options(settings.options()),
                settings.format().map(this::format),
                settings.think(),
                settings.keepAlive(),
                settings.logprobs(),
                settings.topLogprobs(),
                settings.truncate(),
                settings.shift());
    }

    private OutputFormat format(OutputFormat format) {
        return switch (format) {
            case OutputFormat.Json any -> any;
            case OutputFormat.Schema schema -> new OutputFormat.Schema(json.apply(schema.schema()));
        };
    }

    private GenerationOptions options(GenerationOptions options) {
        Map<String, Object> changed = new LinkedHashMap<>();
        options.values().forEach((name, value) -> changed.put(name, option(value)));
        return new GenerationOptions(changed);
    }

    private Object option(Object value) {
        return switch (value) {
            case String single -> text.apply(single);
            case List<?> list -> list.stream().map(this::option).toList();
            default -> value;
        };
    }
}
