package io.aitbc.openclaw.engine.gguf;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The key-value pairs of a header. Accessors fail with {@link MalformedGgufException} when a value has another type or is out
 * of range.
 */
public final class GgufMetadata {
    private final String file;
    private final Map<String, Object> values;

    /** @param values String, Boolean, Long, Double, or List of one of these */
    public GgufMetadata(String file, Map<String, Object> values) {
        this.file = file;
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public Map<String, Object> values() {
        return values;
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    public Optional<String> text(String key) {
        return value(key, String.class, "a string");
    }

    public Optional<Boolean> flag(String key) {
        return value(key, Boolean.class, "a bool");
    }

    public OptionalInt integer(String key, int least, int most) {
        Optional<Long> value = value(key, Long.class, "an integer");
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        if (value.get() < least || value.get() > most) {
            throw problem(key, "%d is not between %d and %d".formatted(value.get(), least, most));
        }
        return OptionalInt.of(value.get().intValue());
    }

    public int requiredInteger(String key, int least, int most) {
        return integer(key, least, most).orElseThrow(() -> problem(key, "is missing"));
    }

    public OptionalDouble real(String key) {
        Optional<Double> value = value(key, Double.class, "a float");
        return value.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(value.get());
    }

    public String requiredText(String key) {
        return text(key).orElseThrow(() -> problem(key, "is missing"));
    }

    public List<String> texts(String key) {
        return list(key, String.class, "an array of strings");
    }

    public List<Long> integers(String key) {
        return list(key, Long.class, "an array of integers");
    }

    public MalformedGgufException problem(String field, String problem) {
        return new MalformedGgufException(file, field, problem);
    }

    private <T> Optional<T> value(String key, Class<T> type, String wanted) {
        Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw problem(key, "must be " + wanted);
        }
        return Optional.of(type.cast(value));
    }

    /** Empty when the key is missing. All items have the type, as GGUF arrays have one item type. */
    @SuppressWarnings("unchecked")
    private <T> List<T> list(String key, Class<T> type, String wanted) {
        Object value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list) || (!list.isEmpty() && !type.isInstance(list.getFirst()))) {
            throw problem(key, "must be " + wanted);
        }
        return (List<T>) list;
    }
}
