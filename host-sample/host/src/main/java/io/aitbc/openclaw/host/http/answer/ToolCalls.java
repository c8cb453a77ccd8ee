package io.aitbc.openclaw.host.http.answer;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.host.http.json.JsonText;
import java.util.concurrent.ThreadLocalRandom;

/** Tool calls of a model, made fit to be sent to a client that will act on them. */
public final class ToolCalls {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

    private ToolCalls() {}

    /**
     * The call with an id, and with arguments that are a JSON object on one line.
     *
     * @throws OpenClawException with {@link ErrorCode#MALFORMED_ANSWER} when the arguments are broken
     */
    public static ToolCall checked(ToolCall call) {
        String arguments =
                call.argumentsJson().isBlank() ? "{}" : call.argumentsJson().strip();
        String line = JsonText.line(arguments)
                .filter(json -> json.startsWith("{"))
                .orElseThrow(() -> new OpenClawException(
                        ErrorCode.MALFORMED_ANSWER,
                        "the model called '%s' with broken arguments".formatted(call.name())));
        return new ToolCall(call.id().isEmpty() ? nextId() : call.id(), call.name(), line);
    }

    /** {@code call_} and eight letters or digits, as Ollama's own parsers make them. */
    private static String nextId() {
        StringBuilder id = new StringBuilder("call_");
        ThreadLocalRandom.current().ints(8, 0, LETTERS.length()).forEach(i -> id.append(LETTERS.charAt(i)));
        return id.toString();
    }
}
