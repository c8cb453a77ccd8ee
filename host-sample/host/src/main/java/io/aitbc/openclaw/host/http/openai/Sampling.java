package io.aitbc.openclaw.host.http.openai;

import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.OutputFormat;
import io.aitbc.openclaw.api.inference.Think;
import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.answer.OptionTypes;
import io.aitbc.openclaw.host.http.json.JsonInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sampling parameters of OpenAI's requests, as options with Ollama's names. */
final class Sampling {
    private final Map<String, Object> options = new LinkedHashMap<>();
    private Optional<OutputFormat> format = Optional.empty();
    private Think think = Think.UNSET;
    private boolean logprobs;
    private int topLogprobs;

    Sampling() {
        options.put("temperature", 1.0);
        options.put("top_p", 1.0);
    }

    /** Reads a field and returns whether it is one of these. */
    boolean read(String name, JsonInput input) {
        switch (name) {
            case "max_tokens", "max_completion_tokens" -> whole("num_predict", input);
            case "seed" -> whole("seed", input);
            case "temperature", "top_p", "frequency_penalty", "presence_penalty" -> number(name, input);
            case "stop" -> stop(input);
            case "options" -> options.putAll(OptionTypes.read(input).values());
            case "response_format" -> format = format(input);
            case "reasoning_effort" -> think = effort(input.string(""));
            case "reasoning" ->
                input.object("openai.Reasoning", field -> {
                    if (field.equals("effort")) {
                        think = effort(input.string(""));
                    }
                });
            case "top_logprobs" -> topLogprobs = input.integer().orElse(0);
            case "logprobs" -> readLogprobs(input);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** A flag for chats, a number of alternatives for completions. */
    private void readLogprobs(JsonInput input) {
        if (input.kind() == JsonInput.Kind.NUMBER) {
            topLogprobs = input.integer().orElse(0);
            logprobs = true;
        } else {
            logprobs = input.flag(false);
        }
    }

    private void whole(String option, JsonInput input) {
        input.whole("int").ifPresent(value -> options.put(option, value));
    }

    private void number(String option, JsonInput input) {
        input.number().ifPresent(value -> options.put(option, value));
    }

    private void stop(JsonInput input) {
        switch (input.kind()) {
            case NULL -> {}
            case STRING -> options.put("stop", List.of(input.string("")));
            default -> options.put("stop", input.strings());
        }
    }

    /** {@code {"type":"json_schema","json_schema":{"schema":…}}}, or with the schema beside the type. */
    static Optional<OutputFormat> format(JsonInput input) {
        String[] parts = {"", ""};
        input.object("openai.ResponseFormat", field -> {
            switch (field) {
                case "type" -> parts[0] = input.string("");
                case "schema" -> parts[1] = schema(input, parts[1]);
                case "json_schema" ->
                    input.object("openai.JsonSchema", inner -> {
                        if (inner.equals("schema")) {
                            parts[1] = schema(input, parts[1]);
                        }
                    });
                default -> {}
            }
        });
        return switch (parts[0]) {
            case "json_object" -> Optional.of(new OutputFormat.Json());
            case "json_schema" ->
                parts[1].isEmpty() ? Optional.empty() : Optional.of(new OutputFormat.Schema(parts[1]));
            default -> Optional.empty();
        };
    }

    private static String schema(JsonInput input, String fallback) {
        return input.kind() == JsonInput.Kind.OBJECT ? input.raw() : fallback;
    }

    void maxTokens(long most) {
        options.put("num_predict", most);
    }

    void format(Optional<OutputFormat> other) {
        format = other;
    }

    private static Think effort(String word) {
        return switch (word) {
            case "", "minimal" -> Think.UNSET;
            case "none" -> Think.OFF;
            case "low" -> Think.LOW;
            case "medium" -> Think.MEDIUM;
            case "high" -> Think.HIGH;
            case "max", "xhigh" -> Think.MAX;
            default ->
                throw new ApiFailure(
                        400,
                        "invalid reasoning value: '%s' (must be \"high\", \"medium\", \"low\", \"max\", or \"none\")"
                                .formatted(word));
        };
    }

    /** The value of an option that has a default. */
    Object option(String name) {
        return options.getOrDefault(name, 1.0);
    }

    InferenceSettings settings() {
        if (topLogprobs < 0 || topLogprobs > 20) {
            throw new ApiFailure(400, "top_logprobs must be between 0 and 20");
        }
        GenerationOptions all = new GenerationOptions(options);
        OptionTypes.check(all);
        return new InferenceSettings(all, format, think, Optional.empty(), logprobs, topLogprobs, true, true);
    }
}
