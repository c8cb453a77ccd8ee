package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.Role;
import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.api.inference.ToolDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes a conversation as one text, because a network job carries nothing but a prompt. The miner's Ollama puts that text
 * into one user turn of the model's own template.
 *
 * <p>A lone user message is sent as it is. Without earlier answers, system texts, tools and user messages follow each other
 * with a blank line between. With earlier answers each turn starts with {@code User:} or {@code Assistant:}, and the last
 * line is {@code Assistant:}. Tools, calls and results are written in the Hermes form: {@code <tools>}, {@code <tool_call>},
 * {@code <tool_response>}.
 */
final class PromptRenderer {
    private static final String BLANK_LINE = "\n\n";

    private PromptRenderer() {}

    static String completion(Optional<String> system, String prompt) {
        return system.filter(text -> !text.isBlank())
                .map(text -> text + BLANK_LINE + prompt)
                .orElse(prompt);
    }

    static String chat(List<ChatMessage> messages, List<ToolDefinition> tools) {
        List<String> blocks = new ArrayList<>();
        List<ChatMessage> turns = new ArrayList<>();
        for (ChatMessage message : messages) {
            if (message.role() != Role.SYSTEM) {
                turns.add(message);
            } else if (!message.content().isBlank()) {
                blocks.add(message.content());
            }
        }
        if (!tools.isEmpty()) {
            blocks.add(tools(tools));
        }
        boolean answered = turns.stream().anyMatch(turn -> turn.role() != Role.USER);
        for (ChatMessage turn : turns) {
            String text = text(turn);
            if (!answered) {
                blocks.add(text);
            } else {
                blocks.add((turn.role() == Role.ASSISTANT ? "Assistant: " : "User: ") + text);
            }
        }
        if (answered) {
            blocks.add("Assistant:");
        }
        return String.join(BLANK_LINE, blocks);
    }

    private static String tools(List<ToolDefinition> tools) {
        StringBuilder text = new StringBuilder("You may call tools. Tools:\n<tools>");
        tools.forEach(tool -> text.append('\n').append(tool.json()));
        return text.append("\n</tools>\nTo call a tool, answer with:\n<tool_call>\n")
                .append("{\"name\": name, \"arguments\": arguments}\n</tool_call>")
                .toString();
    }

    private static String text(ChatMessage turn) {
        if (turn.role() == Role.TOOL) {
            return "<tool_response>\n" + turn.content() + "\n</tool_response>";
        }
        StringBuilder text = new StringBuilder(turn.content());
        for (ToolCall call : turn.toolCalls()) {
            if (!text.isEmpty()) {
                text.append('\n');
            }
            text.append(ToolCallParser.write(call));
        }
        return text.toString();
    }
}
