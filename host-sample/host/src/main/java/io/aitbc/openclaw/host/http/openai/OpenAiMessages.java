package io.aitbc.openclaw.host.http.openai;

import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.Role;
import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.host.http.answer.DataUrls;
import io.aitbc.openclaw.host.http.answer.ToolReader;
import io.aitbc.openclaw.host.http.json.JsonInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads messages of OpenAI's chat. */
final class OpenAiMessages {
    private static final ToolReader.Type CALL = new ToolReader.Type("openai.ToolCall", "openai.Function");

    private Role role = Role.USER;
    private final StringBuilder content = new StringBuilder();
    private String reasoning = "";
    private final List<String> images = new ArrayList<>();
    private final List<ToolCall> calls = new ArrayList<>();
    private String name = "";
    private String toolCallId = "";

    private OpenAiMessages() {}

    static ChatMessage read(JsonInput input) {
        OpenAiMessages message = new OpenAiMessages();
        input.object("openai.Message", field -> message.field(field, input));
        return new ChatMessage(
                message.role,
                message.content.toString(),
                present(message.reasoning),
                message.images,
                message.calls,
                message.role == Role.TOOL ? present(message.name) : Optional.empty(),
                present(message.toolCallId));
    }

    private static Optional<String> present(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private void field(String field, JsonInput input) {
        switch (field) {
            case "role" -> role = role(input.string("user"), input);
            case "content" -> content(input);
            case "reasoning", "reasoning_content" -> reasoning = input.string(reasoning);
            case "tool_calls" ->
                input.list("[]openai.ToolCall", () -> calls.add(ToolReader.call(input, CALL, it -> it.string("{}"))));
            case "name" -> name = input.string(name);
            case "tool_call_id" -> toolCallId = input.string(toolCallId);
            default -> {}
        }
    }

    static Role role(String word, JsonInput input) {
        return switch (word) {
            case "system", "developer" -> Role.SYSTEM;
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            case "tool", "function" -> Role.TOOL;
            default -> {
                input.fail("invalid role: %s, must be one of [system, user, assistant, tool]".formatted(word));
                yield Role.USER;
            }
        };
    }

    private void content(JsonInput input) {
        switch (input.kind()) {
            case NULL -> {}
            case STRING -> content.append(input.string(""));
            case ARRAY -> input.list("[]openai.ContentPart", () -> part(input));
            default -> input.fail("invalid message content type");
        }
    }

    private void part(JsonInput input) {
        String[] kind = {""};
        input.object("openai.ContentPart", field -> {
            switch (field) {
                case "type" -> kind[0] = input.string("");
                case "text" -> content.append(input.string(""));
                case "image_url" -> image(input);
                default -> {}
            }
        });
        if (!kind[0].equals("text") && !kind[0].equals("image_url")) {
            input.fail("invalid message format");
        }
    }

    private void image(JsonInput input) {
        if (input.kind() == JsonInput.Kind.STRING) {
            DataUrls.add(input, input.string(""), images);
        } else {
            input.object("openai.ImageURL", field -> {
                if (field.equals("url")) {
                    DataUrls.add(input, input.string(""), images);
                }
            });
        }
    }
}
