package io.aitbc.openclaw.engine.chat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.Role;
import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.api.inference.ToolDefinition;
import io.aitbc.openclaw.engine.token.PromptText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes conversations the way a model was trained to read them. Templates in GGUF files are programs; instead of running
 * them this class recognises two families and does what they do: ChatML, and ChatML with Hermes-style tool calls as the
 * bundled model has them.
 */
public final class ChatTemplate {
    private static final Pattern DEFAULT_SYSTEM =
            Pattern.compile("<\\|im_start\\|>system(?:\\\\n|\\n)([^<>'\"{}]+)<\\|im_end\\|>");
    private static final String TOOLS_HEAD = "You may call tools. Tools:\n<tools>";
    private static final String TOOLS_TAIL = "\n</tools>\nTo call a tool, answer with:\n<tool_call>\n"
            + "{\"name\": name, \"arguments\": arguments}\n</tool_call>";

    private enum Family {
        /** The file has no template. */
        NONE,
        UNKNOWN,
        CHATML,
        CHATML_WITH_TOOLS
    }

    private final String source;
    private final Family family;
    private final Optional<String> defaultSystem;

    private ChatTemplate(String source, Family family) {
        this.source = source;
        this.family = family;
        Matcher matcher = DEFAULT_SYSTEM.matcher(source);
        this.defaultSystem = family == Family.CHATML && matcher.find()
                ? Optional.of(matcher.group(1).strip())
                : Optional.empty();
    }

    /** @param source the template in the file, empty when it has none */
    public static ChatTemplate of(String source) {
        return new ChatTemplate(source, family(source));
    }

    private static Family family(String source) {
        if (source.isBlank()) {
            return Family.NONE;
        }
        if (!source.contains("<|im_start|>") || !source.contains("<|im_end|>")) {
            return Family.UNKNOWN;
        }
        return source.contains("You may call tools. Tools:\\n<tools>") ? Family.CHATML_WITH_TOOLS : Family.CHATML;
    }

    public String source() {
        return source;
    }

    public boolean knowsTools() {
        return family == Family.CHATML_WITH_TOOLS;
    }

    /** Whether conversations can be written at all. */
    public boolean knowsConversations() {
        return family == Family.CHATML || family == Family.CHATML_WITH_TOOLS;
    }

    /** The text of a conversation up to where the model's answer starts. */
    public PromptText conversation(List<ChatMessage> messages, List<ToolDefinition> tools) {
        requireKnown();
        if (family == Family.NONE) {
            throw new OpenClawException(
                    ErrorCode.UNSUPPORTED, "the model has no chat template; use /api/generate instead of /api/chat");
        }
        PromptText prompt = new PromptText();
        boolean systemFirst = !messages.isEmpty() && messages.getFirst().role() == Role.SYSTEM;
        Optional<String> system = systemFirst ? Optional.of(messages.getFirst().content()) : defaultSystem;
        writeSystem(prompt, system, tools);
        messages.stream().skip(systemFirst ? 1 : 0).forEach(message -> write(prompt, message));
        return prompt.trusted("<|im_start|>assistant\n");
    }

    /** The text for a single prompt up to where the model's answer starts. */
    public PromptText single(Optional<String> system, String text) {
        requireKnown();
        if (family == Family.NONE) {
            PromptText prompt = new PromptText();
            system.ifPresent(it -> prompt.untrusted(it).trusted("\n"));
            return prompt.untrusted(text);
        }
        PromptText prompt = new PromptText();
        writeSystem(prompt, system.or(() -> defaultSystem), List.of());
        write(prompt, ChatMessage.user(text));
        return prompt.trusted("<|im_start|>assistant\n");
    }

    private void requireKnown() {
        if (family == Family.UNKNOWN) {
            throw new OpenClawException(
                    ErrorCode.UNSUPPORTED,
                    "the model's chat template is not one the embedded engine knows (ChatML);"
                            + " use /api/generate with \"raw\": true");
        }
    }

    private static void writeSystem(PromptText prompt, Optional<String> system, List<ToolDefinition> tools) {
        if (system.isEmpty() && tools.isEmpty()) {
            return;
        }
        prompt.trusted("<|im_start|>system\n");
        system.ifPresent(prompt::untrusted);
        if (!tools.isEmpty()) {
            prompt.trusted(system.isPresent() ? "\n\n" : "").trusted(TOOLS_HEAD);
            for (ToolDefinition tool : tools) {
                prompt.trusted("\n").untrusted(SpacedJson.of(tool.json(), "tool '%s'".formatted(tool.name())));
            }
            prompt.trusted(TOOLS_TAIL);
        }
        prompt.trusted("<|im_end|>\n");
    }

    private static void write(PromptText prompt, ChatMessage message) {
        switch (message.role()) {
            case SYSTEM, USER ->
                prompt.trusted("<|im_start|>" + message.role().wireName() + "\n")
                        .untrusted(message.content());
            case ASSISTANT -> {
                prompt.trusted("<|im_start|>assistant\n").untrusted(message.content());
                boolean first = message.content().isEmpty();
                for (ToolCall call : message.toolCalls()) {
                    prompt.trusted(first ? "" : "\n");
                    writeCall(prompt, call);
                    first = false;
                }
            }
            case TOOL ->
                prompt.trusted("<|im_start|>user\n<tool_response>\n")
                        .untrusted(message.content())
                        .trusted("\n</tool_response>");
        }
        prompt.trusted("<|im_end|>\n");
    }

    private static void writeCall(PromptText prompt, ToolCall call) {
        String arguments =
                SpacedJson.of(call.argumentsJson(), "the arguments of tool call '%s'".formatted(call.name()));
        prompt.trusted("<tool_call>\n{\"name\": \"")
                .untrusted(call.name())
                .trusted("\", \"arguments\": ")
                .untrusted(arguments)
                .trusted("}\n</tool_call>");
    }
}
