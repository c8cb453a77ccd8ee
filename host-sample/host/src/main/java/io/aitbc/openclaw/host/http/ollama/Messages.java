package io.aitbc.openclaw.host.http.ollama;

import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.Role;
import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.host.http.answer.ToolReader;
import io.aitbc.openclaw.host.http.json.JsonInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads messages of Ollama's chat. */
final class Messages {
    private static final ToolReader.Type CALL = new ToolReader.Type("api.ToolCall", "api.ToolCallFunction");

    private Role role = Role.USER;
    private String content = "";
    private String thinking = "";
    private List<String> images = List.of();
    private final List<ToolCall> calls = new ArrayList<>();
    private String toolName = "";
    private String toolCallId = "";

    private Messages() {}

    static ChatMessage read(JsonInput input) {
        Messages message = new Messages();
        input.object("api.Message", name -> message.field(name, input));
        return new ChatMessage(
                message.role,
                message.content,
                present(message.thinking),
                message.images,
                message.calls,
                present(message.toolName),
                present(message.toolCallId));
    }

    private static Optional<String> present(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private void field(String name, JsonInput input) {
        switch (name) {
            case "role" -> role = role(input.string("user"), input);
            case "content" -> content = input.string(content);
            case "thinking" -> thinking = input.string(thinking);
            case "images" -> images = SharedFields.images(input);
            case "tool_calls" ->
                input.list("[]api.ToolCall", () -> calls.add(ToolReader.call(input, CALL, Messages::arguments)));
            case "tool_name" -> toolName = input.string(toolName);
            case "tool_call_id" -> toolCallId = input.string(toolCallId);
            default -> {}
        }
    }

    private static Role role(String word, JsonInput input) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "system", "developer" -> Role.SYSTEM;
            case "assistant" -> Role.ASSISTANT;
            case "tool" -> Role.TOOL;
            case "user" -> Role.USER;
            default -> {
                input.fail("invalid role: %s, must be one of [system, user, assistant, tool]".formatted(word));
                yield Role.USER;
            }
        };
    }

    /** An object; some clients send it as a string. */
    private static String arguments(JsonInput input) {
        return switch (input.kind()) {
            case OBJECT -> input.raw();
            case STRING -> input.string("{}");
            case NULL -> "{}";
            default -> {
                input.mismatch("api.ToolCallFunctionArguments");
                yield "{}";
            }
        };
    }
}
