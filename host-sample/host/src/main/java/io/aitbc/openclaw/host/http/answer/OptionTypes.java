package io.aitbc.openclaw.host.http.answer;

import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.host.http.json.JsonInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and checks {@code options} as Ollama does, to its words. Unknown options are passed on. */
public final class OptionTypes {
    private static final Set<String> INTEGERS = Set.of(
            "num_keep",
            "seed",
            "num_predict",
            "top_k",
            "repeat_last_n",
            "num_ctx",
            "num_batch",
            "num_gpu",
            "main_gpu",
            "num_thread");
    private static final Set<String> NUMBERS = Set.of(
            "top_p", "min_p", "typical_p", "temperature", "repeat_penalty", "presence_penalty", "frequency_penalty");
    private static final Set<String> FLAGS = Set.of("use_mmap");

    private OptionTypes() {}

    /** Reads the object at hand. */
    public static GenerationOptions read(JsonInput input) {
        Map<String, Object> values = new LinkedHashMap<>();
        input.map(name -> put(values, name, input.any()));
        return values.isEmpty() ? GenerationOptions.none() : new GenerationOptions(values);
    }

    private static void put(Map<String, Object> values, String name, @Nullable Object value) {
        if (value != null) {
            values.put(name, value instanceof JsonInput.Raw raw ? raw.json() : value);
        }
    }

    /** @throws ApiFailure 500, as Ollama, when a known option has the wrong type */
    public static void check(GenerationOptions options) {
        options.values().forEach(OptionTypes::check);
    }

    private static void check(String name, Object value) {
        if (INTEGERS.contains(name)) {
            require(value instanceof Long || value instanceof Double, name, "of type integer");
        } else if (NUMBERS.contains(name)) {
            require(value instanceof Long || value instanceof Double, name, "of type float32");
        } else if (FLAGS.contains(name)) {
            require(value instanceof Boolean, name, "of type boolean");
        } else if (name.equals("stop")) {
            require(value instanceof List<?>, name, "of type array");
            require(
                    value instanceof List<?> items && items.stream().allMatch(String.class::isInstance),
                    name,
                    "of an array of strings");
        }
    }

    private static void require(boolean holds, String name, String type) {
        if (!holds) {
            throw new ApiFailure(500, "option \"%s\" must be %s".formatted(name, type));
        }
    }
}
