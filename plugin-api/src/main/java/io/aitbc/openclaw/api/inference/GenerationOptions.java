package io.aitbc.openclaw.api.inference;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The {@code options} of a request, with Ollama's names. Accessors throw {@link OpenClawException} with
 * {@link ErrorCode#INVALID_REQUEST} and Ollama's own wording when a value has the wrong type.
 *
 * @param values String, Boolean, Long, Double or List of String, in the order of the request
 */
public record GenerationOptions(Map<String, Object> values) {
    private static final GenerationOptions NONE = new GenerationOptions(Map.of());

    public GenerationOptions {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public static GenerationOptions none() {
        return NONE;
    }

    public static GenerationOptions of(String name, Object value) {
        return NONE.with(name, value);
    }

    /** A copy with one more, or one other, value. */
    public GenerationOptions with(String name, Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(values);
        copy.put(name, value);
        return new GenerationOptions(copy);
    }

    public OptionalInt numCtx() {
        return integer("num_ctx");
    }

    /** Most tokens to generate; negative: until the model stops. */
    public OptionalInt numPredict() {
        return integer("num_predict");
    }

    public OptionalDouble temperature() {
        return number("temperature");
    }

    public OptionalInt topK() {
        return integer("top_k");
    }

    public OptionalDouble topP() {
        return number("top_p");
    }

    public OptionalDouble minP() {
        return number("min_p");
    }

    public OptionalLong seed() {
        Object value = values.get("seed");
        return switch (value) {
            case null -> OptionalLong.empty();
            case Long whole -> OptionalLong.of(whole);
            case Double number when number == Math.rint(number) -> OptionalLong.of(number.longValue());
            default -> throw wrongType("seed", "int");
        };
    }

    public OptionalDouble repeatPenalty() {
        return number("repeat_penalty");
    }

    public OptionalInt repeatLastN() {
        return integer("repeat_last_n");
    }

    public OptionalDouble presencePenalty() {
        return number("presence_penalty");
    }

    public OptionalDouble frequencyPenalty() {
        return number("frequency_penalty");
    }

    /** Texts that end the answer and are not part of it. */
    public List<String> stop() {
        Object value = values.get("stop");
        return switch (value) {
            case null -> List.of();
            case String text -> List.of(text);
            case List<?> list -> {
                List<String> texts = new ArrayList<>();
                for (Object item : list) {
                    if (!(item instanceof String text)) {
                        throw wrongType("stop", "array of string");
                    }
                    texts.add(text);
                }
                yield List.copyOf(texts);
            }
            default -> throw wrongType("stop", "array");
        };
    }

    public OptionalInt integer(String name) {
        Object value = values.get(name);
        return switch (value) {
            case null -> OptionalInt.empty();
            case Long whole -> OptionalInt.of(clamp(whole));
            case Double number -> OptionalInt.of(clamp(number.longValue()));
            default -> throw wrongType(name, "int");
        };
    }

    public OptionalDouble number(String name) {
        Object value = values.get(name);
        return switch (value) {
            case null -> OptionalDouble.empty();
            case Long whole -> OptionalDouble.of(whole);
            case Double number -> OptionalDouble.of(number);
            default -> throw wrongType(name, "float32");
        };
    }

    private static int clamp(long value) {
        return Math.clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private static OpenClawException wrongType(String name, String type) {
        return new OpenClawException(
                ErrorCode.INVALID_REQUEST, "option \"%s\" must be of type %s".formatted(name, type));
    }
}
