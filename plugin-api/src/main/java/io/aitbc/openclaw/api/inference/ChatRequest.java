package io.aitbc.openclaw.api.inference;

import java.util.List;

/**
 * A conversation to continue.
 *
 * @param model name in a catalogue, as {@link ModelDescriptor#name()}
 * @param messages oldest first, at least one
 * @param tools the model may call
 */
public record ChatRequest(
        String model,
        List<ChatMessage> messages,
        List<ToolDefinition> tools,
        InferenceSettings settings,
        RequestContext context) {
    public ChatRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    public ChatRequest withModel(String other) {
        return new ChatRequest(other, messages, tools, settings, context);
    }
}
