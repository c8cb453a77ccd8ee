package io.aitbc.openclaw.engine.chat;

import io.aitbc.openclaw.api.inference.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Separates {@code <tool_call>} blocks from the text of an answer as it arrives. Blocks that are no tool call stay text, so
 * that nothing of the answer is lost.
 */
public final class ToolCallParser {
    private static final String OPEN = "<tool_call>";
    private static final String CLOSE = "</tool_call>";

    private final Supplier<String> ids;
    private final StringBuilder held = new StringBuilder();
    private final List<ToolCall> calls = new ArrayList<>();
    private boolean inside;
    private boolean layout;

    /** @param ids a new id for each call */
    public ToolCallParser(Supplier<String> ids) {
        this.ids = ids;
    }

    /** Adds text of the answer and returns what of it is text for the reader and final. */
    public String add(String text) {
        held.append(text);
        StringBuilder out = new StringBuilder();
        while (step(out)) {
            // each step handles one block or one stretch of text
        }
        return out.toString();
    }

    /** What was held back when the answer ended. */
    public String end() {
        String rest = (inside ? OPEN : "") + held;
        if (inside) {
            Optional<ToolCall> call = parse(held.toString());
            if (call.isPresent()) {
                calls.add(call.get());
                rest = "";
            }
        }
        held.setLength(0);
        inside = false;
        return layout ? rest.stripLeading() : rest;
    }

    /** The calls so far, whole ones only. */
    public List<ToolCall> calls() {
        return List.copyOf(calls);
    }

    private boolean step(StringBuilder out) {
        if (inside) {
            int close = held.indexOf(CLOSE);
            if (close < 0) {
                return false;
            }
            String block = held.substring(0, close);
            held.delete(0, close + CLOSE.length());
            inside = false;
            Optional<ToolCall> call = parse(block);
            call.ifPresent(calls::add);
            layout = call.isPresent();
            if (call.isEmpty()) {
                out.append(OPEN).append(block).append(CLOSE);
            }
            return true;
        }
        int open = held.indexOf(OPEN);
        if (open >= 0) {
            release(out, open);
            held.delete(0, OPEN.length());
            inside = true;
            return true;
        }
        release(out, held.length() - partialTag());
        return false;
    }

    /** Hands out text; white space behind a call is layout, not text. */
    private void release(StringBuilder out, int count) {
        String text = held.substring(0, count);
        held.delete(0, count);
        String kept = layout ? text.stripLeading() : text;
        layout = layout && kept.isEmpty();
        out.append(kept);
    }

    /** Length of the longest end of the held text that may become the opening tag. */
    private int partialTag() {
        for (int length = Math.min(OPEN.length() - 1, held.length()); length > 0; length--) {
            if (OPEN.startsWith(held.substring(held.length() - length))) {
                return length;
            }
        }
        return 0;
    }

    private Optional<ToolCall> parse(String block) {
        try {
            JsonNode call = JsonMapper.shared().readTree(block.strip());
            JsonNode name = call.path("name");
            if (!call.isObject() || !name.isString() || name.stringValue().isBlank()) {
                return Optional.empty();
            }
            return arguments(call).map(arguments -> new ToolCall(ids.get(), name.stringValue(), arguments));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> arguments(JsonNode call) {
        JsonNode arguments = call.has("arguments") ? call.path("arguments") : call.path("parameters");
        if (arguments.isString()) {
            arguments = JsonMapper.shared().readTree(arguments.stringValue());
        }
        if (arguments.isMissingNode() || arguments.isNull()) {
            return Optional.of("{}");
        }
        return arguments.isObject() ? Optional.of(arguments.toString()) : Optional.empty();
    }
}
