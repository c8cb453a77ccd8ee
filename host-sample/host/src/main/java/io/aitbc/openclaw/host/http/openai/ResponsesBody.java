package io.aitbc.openclaw.host.http.openai;

import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.Role;
import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.api.inference.ToolDefinition;
import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.answer.DataUrls;
import io.aitbc.openclaw.host.http.json.JsonInput;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A request of OpenAI's Responses API, and what of it is told back. */
final class ResponsesBody {
    private static final Set<String> CONTENT =
            Set.of("input_text", "output_text", "text", "summary_text", "reasoning_text", "refusal", "input_image");

    final Sampling sampling = new Sampling();
    String model = "";
    String instructions = "";
    boolean stream;
    boolean background;
    String toolsJson = "[]";
    String formatJson = "{\"type\":\"text\"}";
    String reasoningJson = "null";
    String truncation = "disabled";
    OptionalLong maxOutputTokens = OptionalLong.empty();
    private final List<ChatMessage> input = new ArrayList<>();
    private final List<ToolDefinition> tools = new ArrayList<>();

    void field(String name, JsonInput json) {
        switch (name) {
            case "model" -> model = json.string(model);
            case "instructions" -> instructions = json.string(instructions);
            case "stream" -> stream = json.flag(stream);
            case "background" -> background = json.flag(background);
            case "previous_response_id", "conversation" -> stored(name, json);
            case "truncation" -> truncation = json.string(truncation);
            case "input" -> input(json);
            case "tools" -> {
                int start = json.position();
                json.list("[]openai.ResponsesTool", () -> tool(json));
                toolsJson = json.kind() == JsonInput.Kind.NULL && tools.isEmpty() ? toolsJson : json.textSince(start);
            }
            case "max_output_tokens" -> {
                maxOutputTokens = json.whole("int");
                maxOutputTokens.ifPresent(sampling::maxTokens);
            }
            case "reasoning" -> {
                int start = json.position();
                sampling.read(name, json);
                reasoningJson = json.textSince(start);
            }
            case "text" ->
                json.object("openai.ResponsesText", field -> {
                    if (field.equals("format")) {
                        int start = json.position();
                        sampling.format(Sampling.format(json));
                        formatJson = json.textSince(start);
                    }
                });
            default -> sampling.read(name, json);
        }
    }

    /** Answering without what was said before would look like an answer to it. */
    private static void stored(String name, JsonInput json) {
        if (json.kind() != JsonInput.Kind.NULL) {
            json.fail(name + " is not supported, responses are not stored: send the whole conversation as input");
        }
    }

    private void input(JsonInput json) {
        switch (json.kind()) {
            case STRING -> input.add(ChatMessage.user(json.string("")));
            case ARRAY -> json.list("[]openai.ResponsesInputItem", () -> new Item().read(json));
            default -> json.mismatch("openai.ResponsesInput");
        }
    }

    /** One item of the conversation so far. */
    private final class Item {
        private String type = "message";
        private Role role = Role.USER;
        private final StringBuilder text = new StringBuilder();
        private final List<String> images = new ArrayList<>();
        private String callId = "";
        private String name = "";
        private String arguments = "{}";
        private String output = "";

        void read(JsonInput json) {
            json.object("openai.ResponsesInputItem", field -> {
                switch (field) {
                    case "type" -> type = json.string(type);
                    case "role" -> role = OpenAiMessages.role(json.string("user"), json);
                    case "content", "summary" -> text(json);
                    case "call_id" -> callId = json.string(callId);
                    case "name" -> name = json.string(name);
                    case "arguments" -> arguments = json.string(arguments);
                    case "output" -> output = json.kind() == JsonInput.Kind.STRING ? json.string("") : json.raw();
                    default -> {}
                }
            });
            add(json);
        }

        private void text(JsonInput json) {
            if (json.kind() == JsonInput.Kind.STRING) {
                text.append(json.string(""));
                return;
            }
            json.list("[]openai.ResponsesContent", () -> part(json));
        }

        private void part(JsonInput json) {
            String[] kind = {""};
            json.object("openai.ResponsesContent", field -> {
                switch (field) {
                    case "type" -> kind[0] = json.string("");
                    case "text", "refusal" -> text.append(json.string(""));
                    case "image_url" -> DataUrls.add(json, json.string(""), images);
                    default -> {}
                }
            });
            if (!CONTENT.contains(kind[0])) {
                json.fail("unsupported content type: " + kind[0]);
            }
        }

        private void add(JsonInput json) {
            switch (type) {
                case "message" -> input.add(message(role, Optional.empty(), List.of(), Optional.empty()));
                case "reasoning" ->
                    input.add(new ChatMessage(
                            Role.ASSISTANT,
                            "",
                            Optional.of(text.toString()),
                            List.of(),
                            List.of(),
                            Optional.empty(),
                            Optional.empty()));
                case "function_call" ->
                    input.add(message(
                            Role.ASSISTANT,
                            Optional.empty(),
                            List.of(new ToolCall(callId, name, arguments)),
                            Optional.empty()));
                case "function_call_output" -> {
                    text.append(output);
                    input.add(message(Role.TOOL, Optional.empty(), List.of(), Optional.of(callId)));
                }
                default -> json.fail("unsupported input item type: " + type);
            }
        }

        private ChatMessage message(
                Role who, Optional<String> thinking, List<ToolCall> calls, Optional<String> toolCallId) {
            return new ChatMessage(who, text.toString(), thinking, images, calls, Optional.empty(), toolCallId);
        }
    }

    /** A tool here is flat: what is inside {@code function} elsewhere stands beside the type. */
    private void tool(JsonInput json) {
        String[] parts = {"", "", "", "{\"type\":\"object\",\"properties\":{}}"};
        json.object("openai.ResponsesTool", field -> {
            switch (field) {
                case "type" -> parts[0] = json.string("");
                case "name" -> parts[1] = json.string("");
                case "description" -> parts[2] = json.string("");
                case "parameters" -> parts[3] = json.kind() == JsonInput.Kind.OBJECT ? json.raw() : parts[3];
                default -> {}
            }
        });
        if (!parts[0].equals("function")) {
            json.fail("unsupported tool type: " + parts[0]);
            return;
        }
        JsonOutput out = new JsonOutput();
        out.startObject().field("type", "function").startObject("function");
        out.field("name", parts[1]).field("description", parts[2]).rawField("parameters", parts[3]);
        out.endObject().endObject();
        tools.add(new ToolDefinition(parts[1], out.text()));
    }

    List<ChatMessage> messages() {
        List<ChatMessage> messages = new ArrayList<>();
        if (!instructions.isEmpty()) {
            messages.add(ChatMessage.of(Role.SYSTEM, instructions));
        }
        messages.addAll(input);
        if (messages.isEmpty()) {
            throw new ApiFailure(400, "input is required");
        }
        return messages;
    }

    List<ToolDefinition> tools() {
        return tools;
    }
}
