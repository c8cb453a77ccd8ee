package io.aitbc.openclaw.provider.direct;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.FinishReason;
import io.aitbc.openclaw.api.inference.TokenLogprob;
import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.api.inference.Usage;
import io.aitbc.openclaw.provider.coordinator.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * One line of an answer. What is missing is absent; what has another type than Ollama gives it makes the line useless.
 *
 * @param model that answers, as the line says
 * @param error instead of everything else
 * @param done whether the answer is whole
 */
record AnswerLine(
        Optional<String> model,
        String text,
        String thinking,
        List<ToolCall> toolCalls,
        List<TokenLogprob> logprobs,
        Optional<String> error,
        boolean done,
        FinishReason reason,
        Usage usage,
        List<Integer> context) {
    private static final int MOST_CALLS = 128;
    private static final int MOST_TOKENS = 1 << 20;

    /** @throws OpenClawException with MALFORMED_ANSWER, which says what is wrong with the line */
    static AnswerLine parse(String line) {
        JsonNode json = Json.read(line).orElseThrow(() -> malformed("a line that is not JSON"));
        if (!json.isObject()) {
            throw malformed("a line that is not a JSON object");
        }
        JsonNode message = json.path("message");
        if (!message.isMissingNode() && !message.isNull() && !message.isObject()) {
            throw malformed("a message that is not an object");
        }
        JsonNode content = message.isObject() ? message : json;
        return new AnswerLine(
                Optional.of(string(json, "model")).filter(name -> !name.isBlank()),
                string(content, message.isObject() ? "content" : "response"),
                string(content, "thinking"),
                calls(content.path("tool_calls")),
                logprobs(json.path("logprobs"), 1),
                error(json.path("error")),
                flag(json.path("done")),
                string(json, "done_reason").equals("length") ? FinishReason.LENGTH : FinishReason.STOP,
                usage(json),
                tokens(json.path("context")));
    }

    static OpenClawException malformed(String what) {
        return new OpenClawException(ErrorCode.MALFORMED_ANSWER, "The provider's endpoint sent " + what);
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static String string(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (absent(value)) {
            return "";
        }
        if (!value.isString()) {
            throw malformed("a field '" + name + "' that is not a text");
        }
        return value.stringValue();
    }

    private static boolean flag(JsonNode value) {
        if (absent(value)) {
            return false;
        }
        if (!value.isBoolean()) {
            throw malformed("a field 'done' that is neither true nor false");
        }
        return value.booleanValue();
    }

    private static Optional<String> error(JsonNode value) {
        if (absent(value)) {
            return Optional.empty();
        }
        String text = value.isString()
                ? value.stringValue()
                : Json.text(value, "message").orElse(value.toString());
        return Optional.of(OneLine.of(text));
    }

    private static Usage usage(JsonNode json) {
        return new Usage(
                count(json, "prompt_eval_count"),
                count(json, "eval_count"),
                nanos(json, "total_duration"),
                nanos(json, "load_duration"),
                nanos(json, "prompt_eval_duration"),
                nanos(json, "eval_duration"));
    }

    private static OptionalInt count(JsonNode json, String name) {
        return Json.integer(json, name)
                .filter(value -> value >= 0 && value <= Integer.MAX_VALUE)
                .map(value -> OptionalInt.of(value.intValue()))
                .orElse(OptionalInt.empty());
    }

    private static Optional<Duration> nanos(JsonNode json, String name) {
        return Json.integer(json, name).filter(value -> value >= 0).map(Duration::ofNanos);
    }

    private static List<ToolCall> calls(JsonNode list) {
        List<ToolCall> calls = new ArrayList<>();
        for (JsonNode call : array(list, "tool_calls", MOST_CALLS)) {
            JsonNode function = call.path("function");
            String name = string(function, "name");
            if (name.isEmpty()) {
                throw malformed("a tool call without a name");
            }
            String id = Json.text(call, "id").filter(it -> !it.isBlank()).orElseGet(() -> "call_" + UUID.randomUUID());
            calls.add(new ToolCall(id, name, arguments(function.path("arguments"))));
        }
        return calls;
    }

    private static String arguments(JsonNode value) {
        JsonNode read = value.isString() ? Json.read(value.stringValue()).orElse(value) : value;
        if (absent(read)) {
            return "{}";
        }
        if (!read.isObject()) {
            throw malformed("tool arguments that are not an object");
        }
        return read.toString();
    }

    private static List<TokenLogprob> logprobs(JsonNode list, int depth) {
        List<TokenLogprob> tokens = new ArrayList<>();
        for (JsonNode token : array(list, "logprobs", MOST_TOKENS)) {
            JsonNode logprob = token.path("logprob");
            tokens.add(new TokenLogprob(
                    string(token, "token"),
                    logprob.isNumber() ? logprob.asDouble(Double.NaN) : Double.NaN,
                    tokens(token.path("bytes")),
                    depth > 0 ? logprobs(token.path("top_logprobs"), depth - 1) : List.of()));
        }
        return tokens;
    }

    private static List<Integer> tokens(JsonNode list) {
        List<Integer> tokens = new ArrayList<>();
        for (JsonNode token : array(list, "numbers", MOST_TOKENS)) {
            if (!token.isIntegralNumber() || !token.canConvertToInt()) {
                throw malformed("a list of numbers with something else in it");
            }
            tokens.add(token.intValue());
        }
        return tokens;
    }

    private static JsonNode array(JsonNode list, String name, int most) {
        if (absent(list)) {
            return Json.MAPPER.createArrayNode();
        }
        if (!list.isArray() || list.size() > most) {
            throw malformed("a field '" + name + "' that is not a list, or a very long one");
        }
        return list;
    }
}
