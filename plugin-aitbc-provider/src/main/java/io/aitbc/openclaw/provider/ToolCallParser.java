package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.api.inference.ToolDefinition;
import io.aitbc.openclaw.provider.coordinator.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Finds the calls in the text of an answer: {@code <tool_call>{"name":…,"arguments":{…}}</tool_call>}, with any name, since
 * the one who offered the tools can tell a model best that there is no such tool; or an answer that is nothing but such an
 * object with the name of a tool that was offered. Everything else stays text.
 */
final class ToolCallParser {
    private static final String OPEN = "<tool_call>";
    private static final String CLOSE = "</tool_call>";

    private final Set<String> names;
    private final Supplier<String> ids;

    ToolCallParser(List<ToolDefinition> tools, Supplier<String> ids) {
        this.names = tools.stream().map(ToolDefinition::name).collect(Collectors.toUnmodifiableSet());
        this.ids = ids;
    }

    /** @param text of the answer without the calls */
    record Parsed(String text, List<ToolCall> calls) {
        Parsed {
            calls = List.copyOf(calls);
        }
    }

    Parsed parse(String answer) {
        if (names.isEmpty()) {
            return new Parsed(answer, List.of());
        }
        Optional<ToolCall> whole = call(answer).filter(call -> names.contains(call.name()));
        if (whole.isPresent()) {
            return new Parsed("", List.of(whole.get()));
        }
        StringBuilder text = new StringBuilder();
        List<ToolCall> calls = new ArrayList<>();
        int position = 0;
        for (int open = answer.indexOf(OPEN); open >= 0; open = answer.indexOf(OPEN, position)) {
            int close = answer.indexOf(CLOSE, open);
            int end = close < 0 ? answer.length() : close;
            Optional<ToolCall> call = call(answer.substring(open + OPEN.length(), end));
            int next = close < 0 ? answer.length() : close + CLOSE.length();
            text.append(answer, position, call.isPresent() ? open : next);
            call.ifPresent(calls::add);
            position = next;
        }
        text.append(answer, position, answer.length());
        return calls.isEmpty()
                ? new Parsed(answer, List.of())
                : new Parsed(text.toString().strip(), calls);
    }

    static String write(ToolCall call) {
        return "%s\n{\"name\": %s, \"arguments\": %s}\n%s"
                .formatted(OPEN, Json.MAPPER.writeValueAsString(call.name()), call.argumentsJson(), CLOSE);
    }

    private Optional<ToolCall> call(String text) {
        String json = text.strip();
        if (!json.startsWith("{") || !json.endsWith("}")) {
            return Optional.empty();
        }
        return Json.read(json)
                .flatMap(node -> Json.text(node, "name")
                        .filter(name -> !name.isBlank())
                        .flatMap(name -> arguments(node).map(arguments -> new ToolCall(ids.get(), name, arguments))));
    }

    private static Optional<String> arguments(JsonNode node) {
        JsonNode arguments = node.path("arguments");
        if (arguments.isMissingNode()) {
            arguments = node.path("parameters");
        }
        if (arguments.isString()) {
            arguments = Json.read(arguments.stringValue()).orElse(arguments);
        }
        return arguments.isObject() ? Optional.of(Json.MAPPER.writeValueAsString(arguments)) : Optional.empty();
    }
}
