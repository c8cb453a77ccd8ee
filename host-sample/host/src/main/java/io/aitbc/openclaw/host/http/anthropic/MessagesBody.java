package io.aitbc.openclaw.host.http.anthropic;

import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.Role;
import io.aitbc.openclaw.api.inference.Think;
import io.aitbc.openclaw.api.inference.ToolDefinition;
import io.aitbc.openclaw.host.http.answer.OptionTypes;
import io.aitbc.openclaw.host.http.json.JsonInput;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request of Anthropic's Messages API. */
final class MessagesBody {
    String model = "";
    boolean stream;
    long maxTokens;
    private final StringBuilder system = new StringBuilder();
    private final List<ChatMessage> messages = new ArrayList<>();
    private final List<ToolDefinition> tools = new ArrayList<>();
    private final Map<String, Object> options = new LinkedHashMap<>();
    private Think think = Think.UNSET;
    private boolean noTools;

    void field(String name, JsonInput json) {
        switch (name) {
            case "model" -> model = json.string(model);
            case "stream" -> stream = json.flag(stream);
            case "max_tokens" ->
                json.whole("int").ifPresent(most -> {
                    maxTokens = most;
                    options.put("num_predict", most);
                });
            case "system" -> system(json);
            case "messages" -> json.list("[]anthropic.MessageParam", () -> new AnthropicMessage().read(json, messages));
            case "tools" -> json.list("[]anthropic.Tool", () -> tool(json));
            case "tool_choice" ->
                json.object("anthropic.ToolChoice", field -> {
                    if (field.equals("type")) {
                        noTools = json.string("").equals("none");
                    }
                });
            case "temperature", "top_p" -> json.number().ifPresent(value -> options.put(name, value));
            case "top_k" -> json.whole("int").ifPresent(value -> options.put(name, value));
            case "stop_sequences" -> options.put("stop", json.strings());
            case "thinking" ->
                json.object("anthropic.ThinkingConfig", field -> {
                    if (field.equals("type")) {
                        think = json.string("").equals("disabled") ? Think.OFF : Think.ON;
                    }
                });
            default -> {}
        }
    }

    /** Text, or blocks of text. */
    private void system(JsonInput json) {
        if (json.kind() == JsonInput.Kind.STRING) {
            system.append(json.string(""));
            return;
        }
        json.list(
                "[]anthropic.ContentBlock",
                () -> json.object("anthropic.ContentBlock", field -> {
                    if (field.equals("text")) {
                        if (!system.isEmpty()) {
                            system.append('\n');
                        }
                        system.append(json.string(""));
                    }
                }));
    }

    private void tool(JsonInput json) {
        String[] parts = {"", "", "{\"type\":\"object\",\"properties\":{}}"};
        json.object("anthropic.Tool", field -> {
            switch (field) {
                case "name" -> parts[0] = json.string("");
                case "description" -> parts[1] = json.string("");
                case "input_schema" -> parts[2] = json.kind() == JsonInput.Kind.OBJECT ? json.raw() : parts[2];
                default -> {}
            }
        });
        JsonOutput out = new JsonOutput();
        out.startObject().field("type", "function").startObject("function");
        out.field("name", parts[0]).field("description", parts[1]).rawField("parameters", parts[2]);
        out.endObject().endObject();
        tools.add(new ToolDefinition(parts[0], out.text()));
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    List<ChatMessage> messages() {
        List<ChatMessage> all = new ArrayList<>();
        if (!system.isEmpty()) {
            all.add(ChatMessage.of(Role.SYSTEM, system.toString()));
        }
        all.addAll(messages);
        return all;
    }

    List<ToolDefinition> tools() {
        return noTools ? List.of() : tools;
    }

    InferenceSettings settings() {
        GenerationOptions all = new GenerationOptions(options);
        OptionTypes.check(all);
        return new InferenceSettings(all, Optional.empty(), think, Optional.empty(), false, 0, true, true);
    }
}
