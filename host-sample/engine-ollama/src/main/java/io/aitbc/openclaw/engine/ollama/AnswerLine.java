package io.aitbc.openclaw.engine.ollama;

import io.aitbc.openclaw.api.inference.FinishReason;
import io.aitbc.openclaw.api.inference.TokenLogprob;
import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.api.inference.Usage;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * One line of a chat or generate answer. Reused for all lines of a stream: this is where most of an answer's time goes, so
 * a line costs one parser, its text and nothing else.
 */
final class AnswerLine {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final long ABSENT = -1;

    private String model = "";
    private String text = "";
    private String thinking = "";
    private @Nullable String error;
    private boolean done;
    private String doneReason = "";
    private List<ToolCall> toolCalls = List.of();
    private List<TokenLogprob> logprobs = List.of();
    private List<Integer> context = List.of();
    private long promptTokens;
    private long outputTokens;
    private long totalNanos;
    private long loadNanos;
    private long promptEvalNanos;
    private long evalNanos;

    String model() {
        return model;
    }

    String text() {
        return text;
    }

    String thinking() {
        return thinking;
    }

    Optional<String> error() {
        return Optional.ofNullable(error);
    }

    boolean done() {
        return done;
    }

    List<ToolCall> toolCalls() {
        return toolCalls;
    }

    List<TokenLogprob> logprobs() {
        return logprobs;
    }

    List<Integer> context() {
        return context;
    }

    FinishReason reason() {
        return doneReason.equals("length") ? FinishReason.LENGTH : FinishReason.STOP;
    }

    Usage usage() {
        return new Usage(
                count(promptTokens),
                count(outputTokens),
                duration(totalNanos),
                duration(loadNanos),
                duration(promptEvalNanos),
                duration(evalNanos));
    }

    private static OptionalInt count(long value) {
        return value < 0 ? OptionalInt.empty() : OptionalInt.of((int) Math.min(value, Integer.MAX_VALUE));
    }

    private static Optional<Duration> duration(long nanos) {
        return nanos < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
    }

    /**
     * Reads a line.
     *
     * @throws JacksonException when it is not JSON
     * @throws IllegalArgumentException when it is not one object, or a field has the wrong type; the message says which
     */
    void read(byte[] bytes, int from, int length) {
        clear();
        try (JsonParser json = MAPPER.createParser(bytes, from, length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("a line that is not a JSON object");
            }
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                json.nextToken();
                field(name, json);
            }
            if (json.nextToken() != null) {
                throw new IllegalArgumentException("two values in one line");
            }
        }
    }

    private void clear() {
        model = "";
        text = "";
        thinking = "";
        error = null;
        done = false;
        doneReason = "";
        toolCalls = List.of();
        logprobs = List.of();
        context = List.of();
        promptTokens = ABSENT;
        outputTokens = ABSENT;
        totalNanos = ABSENT;
        loadNanos = ABSENT;
        promptEvalNanos = ABSENT;
        evalNanos = ABSENT;
    }

    private void field(String name, JsonParser json) {
        switch (name) {
            case "model" -> model = string(json, name);
            case "message" -> message(json);
            case "response" -> text = string(json, name);
            case "thinking" -> thinking = string(json, name);
            case "done" -> done = flag(json);
            case "done_reason" -> doneReason = string(json, name);
            case "error" -> error = error(json);
            case "tool_calls" -> toolCalls = toolCalls(json);
            case "logprobs" -> logprobs = logprobs(json, 1);
            case "context" -> context = integers(json);
            case "prompt_eval_count" -> promptTokens = whole(json, name);
            case "eval_count" -> outputTokens = whole(json, name);
            case "total_duration" -> totalNanos = whole(json, name);
            case "load_duration" -> loadNanos = whole(json, name);
            case "prompt_eval_duration" -> promptEvalNanos = whole(json, name);
            case "eval_duration" -> evalNanos = whole(json, name);
            default -> json.skipChildren();
        }
    }

    private void message(JsonParser json) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("a message that is not an object");
        }
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            switch (name) {
                case "content" -> text = string(json, name);
                case "thinking" -> thinking = string(json, name);
                case "tool_calls" -> toolCalls = toolCalls(json);
                default -> json.skipChildren();
            }
        }
    }

    private static String string(JsonParser json, String name) {
        return switch (json.currentToken()) {
            case VALUE_STRING -> json.getString();
            case VALUE_NULL -> "";
            default -> throw new IllegalArgumentException("a field '" + name + "' that is not a text");
        };
    }

    private static long whole(JsonParser json, String name) {
        return switch (json.currentToken()) {
            case VALUE_NUMBER_INT -> Math.max(0, json.getLongValue());
            case VALUE_NULL -> ABSENT;
            default -> throw new IllegalArgumentException("a field '" + name + "' that is not a whole number");
        };
    }

    private static boolean flag(JsonParser json) {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE, VALUE_NULL -> false;
            default -> throw new IllegalArgumentException("a field 'done' that is neither true nor false");
        };
    }

    private static String error(JsonParser json) {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return json.getString();
        }
        String raw = raw(json);
        return Failures.errorField("{\"error\":" + raw + "}").orElse(raw);
    }

    private static List<ToolCall> toolCalls(JsonParser json) {
        List<ToolCall> calls = new ArrayList<>();
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return calls;
        }
        expectArray(json, "tool_calls");
        while (json.nextToken() == JsonToken.START_OBJECT) {
            calls.add(toolCall(json));
        }
        return calls;
    }

    private static ToolCall toolCall(JsonParser json) {
        String id = "";
        String tool = "";
        String arguments = "{}";
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            if (name.equals("id")) {
                id = string(json, name);
            } else if (name.equals("function") && json.currentToken() == JsonToken.START_OBJECT) {
                for (String inner = json.nextName(); inner != null; inner = json.nextName()) {
                    json.nextToken();
                    switch (inner) {
                        case "name" -> tool = string(json, inner);
                        case "arguments" -> arguments = arguments(json);
                        default -> json.skipChildren();
                    }
                }
            } else {
                json.skipChildren();
            }
        }
        if (tool.isEmpty()) {
            throw new IllegalArgumentException("a tool call without a name");
        }
        return new ToolCall(id.isEmpty() ? newId() : id, tool, arguments);
    }

    /** An object; servers that speak OpenAI's dialect send it as a text. */
    private static String arguments(JsonParser json) {
        return switch (json.currentToken()) {
            case START_OBJECT -> raw(json);
            case VALUE_STRING -> json.getString().isBlank() ? "{}" : json.getString();
            case VALUE_NULL -> "{}";
            default -> throw new IllegalArgumentException("tool arguments that are not an object");
        };
    }

    /** Older versions of Ollama send none. */
    private static String newId() {
        return "call_%08x".formatted(ThreadLocalRandom.current().nextInt());
    }

    private static String raw(JsonParser json) {
        StringWriter text = new StringWriter();
        try (JsonGenerator copy = MAPPER.createGenerator(text)) {
            copy.copyCurrentStructure(json);
        }
        return text.toString();
    }

    private static List<TokenLogprob> logprobs(JsonParser json, int depth) {
        List<TokenLogprob> tokens = new ArrayList<>();
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return tokens;
        }
        expectArray(json, "logprobs");
        while (json.nextToken() == JsonToken.START_OBJECT) {
            tokens.add(logprob(json, depth));
        }
        return tokens;
    }

    private static TokenLogprob logprob(JsonParser json, int depth) {
        String token = "";
        double logprob = 0;
        List<Integer> bytes = List.of();
        List<TokenLogprob> top = List.of();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            switch (name) {
                case "token" -> token = string(json, name);
                case "logprob" -> logprob = json.currentToken().isNumeric() ? json.getDoubleValue() : Double.NaN;
                case "bytes" -> bytes = integers(json);
                case "top_logprobs" -> {
                    if (depth > 0) {
                        top = logprobs(json, depth - 1);
                    } else {
                        json.skipChildren();
                    }
                }
                default -> json.skipChildren();
            }
        }
        return new TokenLogprob(token, logprob, bytes, top);
    }

    private static List<Integer> integers(JsonParser json) {
        List<Integer> numbers = new ArrayList<>();
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return numbers;
        }
        expectArray(json, "context");
        while (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
            numbers.add(json.getIntValue());
        }
        if (json.currentToken() != JsonToken.END_ARRAY) {
            throw new IllegalArgumentException("a list of numbers with something else in it");
        }
        return numbers;
    }

    private static void expectArray(JsonParser json, String name) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new IllegalArgumentException("a field '" + name + "' that is not a list");
        }
    }
}
