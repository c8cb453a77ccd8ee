package io.aitbc.openclaw.api.inference;

import java.util.List;
import java.util.Optional;

/**
 * One message of a conversation.
 *
 * @param content text, may be empty
 * @param thinking reasoning of an assistant message
 * @param images Base64, without a data URL prefix
 * @param toolCalls of an assistant message
 * @param toolName of a tool message: whose result it is
 * @param toolCallId of a tool message: the {@link ToolCall#id()} it answers
 */
public record ChatMessage(
        Role role,
        String content,
        Optional<String> thinking,
        List<String> images,
        List<ToolCall> toolCalls,
        Optional<String> toolName,
        Optional<String> toolCallId) {
    public ChatMessage {
        images = List.copyOf(images);
        toolCalls = List.copyOf(toolCalls);
    }

    public static ChatMessage of(Role role, String content) {
        return new ChatMessage(
                role, content, Optional.empty(), List.of(), List.of(), Optional.empty(), Optional.empty());
    }

    public static ChatMessage user(String content) {
        return of(Role.USER, content);
    }
}
