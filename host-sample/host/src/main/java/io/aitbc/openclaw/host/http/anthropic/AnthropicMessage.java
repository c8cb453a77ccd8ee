package io.aitbc.openclaw.host.http.anthropic;

import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.Role;
import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.host.http.answer.Base64Check;
import io.aitbc.openclaw.host.http.json.JsonInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One message: its text, images and calls become one message of ours, each tool result one more before it. */
final class AnthropicMessage {
    private Role role = Role.USER;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final List<String> images = new ArrayList<>();
    private final List<ToolCall> calls = new ArrayList<>();
    private final List<ChatMessage> results = new ArrayList<>();

    void read(JsonInput json, List<ChatMessage> messages) {
        json.object("anthropic.MessageParam", field -> {
            switch (field) {
                case "role" -> role = role(json);
                case "content" -> content(json, text);
                default -> {}
            }
        });
        messages.addAll(results);
        if (results.isEmpty() || !text.isEmpty() || !images.isEmpty()) {
            messages.add(new ChatMessage(
                    role,
                    text.toString(),
                    thinking.isEmpty() ? Optional.empty() : Optional.of(thinking.toString()),
                    images,
                    calls,
                    Optional.empty(),
                    Optional.empty()));
        }
    }

    private static Role role(JsonInput json) {
        String word = json.string("user");
        return switch (word) {
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            case "system" -> Role.SYSTEM;
            default -> {
                json.fail("invalid role: " + word);
                yield Role.USER;
            }
        };
    }

    /** Text, or blocks; the text of the blocks goes to {@code target}. */
    private void content(JsonInput json, StringBuilder target) {
        switch (json.kind()) {
            case NULL -> {}
            case STRING -> target.append(json.string(""));
            case ARRAY -> json.list("[]anthropic.ContentBlock", () -> new Block().read(json, target));
            default -> json.mismatch("anthropic.Content");
        }
    }

    private final class Block {
        private String type = "";
        private String blockText = "";
        private String id = "";
        private String name = "";
        private String input = "{}";
        private String image = "";
        private String mediaType = "";
        private final StringBuilder result = new StringBuilder();

        void read(JsonInput json, StringBuilder target) {
            json.object("anthropic.ContentBlock", field -> {
                switch (field) {
                    case "type" -> type = json.string("");
                    case "text", "thinking" -> blockText = json.string(blockText);
                    case "id", "tool_use_id" -> id = json.string(id);
                    case "name" -> name = json.string(name);
                    case "input" -> input = json.kind() == JsonInput.Kind.OBJECT ? json.raw() : input;
                    case "source" -> source(json);
                    case "content" -> content(json, result);
                    default -> {}
                }
            });
            add(json, target);
        }

        private void source(JsonInput json) {
            json.object("anthropic.ImageSource", field -> {
                switch (field) {
                    case "type" -> mediaType = json.string("");
                    case "data" -> image = json.string("");
                    default -> {}
                }
            });
        }

        private void add(JsonInput json, StringBuilder target) {
            switch (type) {
                case "text" -> target.append(blockText);
                case "thinking" -> thinking.append(blockText);
                case "redacted_thinking" -> {}
                case "tool_use" -> calls.add(new ToolCall(id, name, input));
                case "tool_result" ->
                    results.add(new ChatMessage(
                            Role.TOOL,
                            result.toString(),
                            Optional.empty(),
                            List.of(),
                            List.of(),
                            Optional.empty(),
                            Optional.of(id)));
                case "image" -> {
                    if (!mediaType.equals("base64") || Base64Check.firstWrongByte(image) >= 0) {
                        json.fail("invalid image source: only base64 is taken");
                    }
                    images.add(image);
                }
                default -> json.fail("unsupported content block type: " + type);
            }
        }
    }
}
