package io.aitbc.openclaw.host.http.answer;

import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.api.inference.ToolDefinition;
import io.aitbc.openclaw.host.http.json.JsonInput;
import java.util.Optional;
import java.util.function.Function;

/** Reads tools and calls of tools, which Ollama and OpenAI write alike but for the arguments of a call. */
public final class ToolReader {
    private ToolReader() {}

    /** A definition, kept as it was written. Empty, and reported as a mismatch, when it is no object. */
    public static Optional<ToolDefinition> definition(JsonInput input) {
        String[] name = {""};
        int start = input.position();
        boolean object = input.kind() == JsonInput.Kind.OBJECT;
        input.object("api.Tool", field -> {
            if (field.equals("function")) {
                input.object("api.ToolFunction", inner -> {
                    if (inner.equals("name")) {
                        name[0] = input.string("");
                    }
                });
            }
        });
        return object ? Optional.of(new ToolDefinition(name[0], input.textSince(start))) : Optional.empty();
    }

    /**
     * A call in an earlier answer.
     *
     * @param type the protocol's name of a call and of its function, for error texts
     * @param arguments reads them as JSON text
     */
    public static ToolCall call(JsonInput input, Type type, Function<JsonInput, String> arguments) {
        String[] parts = {"", "", "{}"};
        input.object(type.call(), field -> {
            switch (field) {
                case "id" -> parts[0] = input.string("");
                case "function" ->
                    input.object(type.function(), inner -> {
                        switch (inner) {
                            case "name" -> parts[1] = input.string("");
                            case "arguments" -> parts[2] = arguments.apply(input);
                            default -> {}
                        }
                    });
                default -> {}
            }
        });
        return new ToolCall(parts[0], parts[1], parts[2].isBlank() ? "{}" : parts[2]);
    }

    /** How a protocol names a call and the function in it. */
    public record Type(String call, String function) {}
}
