package io.aitbc.openclaw.host.http.ollama;

import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.OutputFormat;
import io.aitbc.openclaw.api.inference.Think;
import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.answer.Base64Check;
import io.aitbc.openclaw.host.http.answer.OptionTypes;
import io.aitbc.openclaw.host.http.json.GoTime;
import io.aitbc.openclaw.host.http.json.JsonFailure;
import io.aitbc.openclaw.host.http.json.JsonInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the bodies of generate, chat and embed have in common. */
final class SharedFields {
    private static final int LONGEST_QUOTE = 40;
    private static final int MOST_TOP_LOGPROBS = 20;

    String model = "";
    boolean stream = true;
    GenerationOptions options = GenerationOptions.none();
    Optional<Duration> keepAlive = Optional.empty();
    private String format = "";
    private Think think = Think.UNSET;
    private boolean logprobs;
    private int topLogprobs;
    boolean truncate = true;
    private boolean shift = true;
    private boolean renderOnly;

    /** Reads a field and returns whether it is one of these. */
    boolean read(String name, JsonInput input) {
        switch (name) {
            case "model" -> model = input.string(model);
            case "stream" -> stream = input.flag(stream);
            case "options" -> options = OptionTypes.read(input);
            case "keep_alive" -> keepAlive = keepAlive(input);
            case "format" -> format = input.kind() == JsonInput.Kind.NULL ? "" : input.raw();
            case "think" -> think = think(input);
            case "logprobs" -> logprobs = input.flag(logprobs);
            case "top_logprobs" -> topLogprobs = input.integer().orElse(0);
            case "truncate" -> truncate = input.flag(truncate);
            case "shift" -> shift = input.flag(shift);
            case "_debug_render_only" -> renderOnly = input.flag(renderOnly);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static Optional<Duration> keepAlive(JsonInput input) {
        switch (input.kind()) {
            case NULL -> {
                return Optional.empty();
            }
            case NUMBER -> {
                double seconds = input.number().orElse(0);
                return Optional.of(Duration.ofMillis((long) Math.clamp(seconds * 1000, -1e15, 1e15)));
            }
            case STRING -> {
                try {
                    return Optional.of(GoTime.duration(input.string("")));
                } catch (JsonFailure e) {
                    input.fail(String.valueOf(e.getMessage()));
                    return Optional.empty();
                }
            }
            default -> {
                input.mismatch("time.Duration");
                return Optional.empty();
            }
        }
    }

    private static Think think(JsonInput input) {
        switch (input.kind()) {
            case NULL -> {
                return Think.UNSET;
            }
            case BOOLEAN -> {
                return input.flag(false) ? Think.ON : Think.OFF;
            }
            case STRING -> {
                String level = input.string("");
                switch (level) {
                    case "high" -> {
                        return Think.HIGH;
                    }
                    case "medium" -> {
                        return Think.MEDIUM;
                    }
                    case "low" -> {
                        return Think.LOW;
                    }
                    case "max" -> {
                        return Think.MAX;
                    }
                    default -> {
                        input.fail("invalid think value: \"" + cut(level)
                                + "\" (must be \"high\", \"medium\", \"low\", \"max\", true, or false)");
                        return Think.UNSET;
                    }
                }
            }
            default -> {
                input.fail(
                        "think must be a boolean or string (\"high\", \"medium\", \"low\", \"max\", true, or false)");
                return Think.UNSET;
            }
        }
    }

    Think think() {
        return think;
    }

    boolean wantsThinking() {
        return think != Think.UNSET && think != Think.OFF;
    }

    /** Only the engine knows what it makes of a prompt; an answer in place of that would be taken for it. */
    void checkDebugging() {
        if (renderOnly) {
            throw new ApiFailure(400, "_debug_render_only is not supported: ask Ollama itself");
        }
    }

    void checkLogprobs() {
        if (topLogprobs < 0 || topLogprobs > MOST_TOP_LOGPROBS) {
            throw new ApiFailure(400, "top_logprobs must be between 0 and 20");
        }
    }

    InferenceSettings settings() {
        OptionTypes.check(options);
        return new InferenceSettings(options, outputFormat(), think, keepAlive, logprobs, topLogprobs, truncate, shift);
    }

    private Optional<OutputFormat> outputFormat() {
        return switch (format) {
            case "", "\"\"", "null" -> Optional.empty();
            case "\"json\"" -> Optional.of(new OutputFormat.Json());
            default -> {
                if (!format.startsWith("{")) {
                    throw ApiFailure.late(
                            500,
                            "invalid format: \"%s\"; expected \"json\" or a valid JSON Schema object"
                                    .formatted(cut(format).replace("\\", "\\\\").replace("\"", "\\\"")));
                }
                yield Optional.of(new OutputFormat.Schema(format));
            }
        };
    }

    /** A value in the wrong place may be anything, a prompt too: what goes into errors and logs is short. */
    private static String cut(String value) {
        return value.length() <= LONGEST_QUOTE ? value : value.substring(0, LONGEST_QUOTE) + "…";
    }

    /** Reads an array of Base64 texts. */
    static List<String> images(JsonInput input) {
        List<String> images = new ArrayList<>();
        input.list("[]api.ImageData", () -> {
            String image = input.string("");
            int wrong = Base64Check.firstWrongByte(image);
            if (wrong >= 0) {
                input.fail("illegal base64 data at input byte " + wrong);
            }
            images.add(image);
        });
        return images;
    }
}
