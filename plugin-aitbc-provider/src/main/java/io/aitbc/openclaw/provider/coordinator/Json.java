package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tolerant reading of the network's JSON: what is missing, null or of an unexpected type is absent. */
public final class Json {
    private static final int DEEPEST = 100;
    private static final int MOST_LINES = 1000;
    private static final int LONGEST_STRING = 16 * 1024 * 1024;

    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(LONGEST_STRING)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    /** @return empty when the text is no JSON, or holds a number nobody can represent */
    public static Optional<JsonNode> read(String text) {
        try {
            return Optional.of(MAPPER.readTree(text));
        } catch (JacksonException | ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** @throws OpenClawException with MALFORMED_ANSWER when the text is no JSON */
    public static JsonNode tree(String source, String text) {
        return read(text).orElseThrow(() -> malformed(source, "it is not JSON"));
    }

    public static OpenClawException malformed(String source, String what) {
        return new OpenClawException(
                ErrorCode.MALFORMED_ANSWER, "The AITBC answer to %s cannot be used: %s".formatted(source, what));
    }

    /** A string, or a number as it is written. */
    public static Optional<String> text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (value.isString()) {
            return Optional.of(value.stringValue());
        }
        return value.isNumber() ? Optional.of(value.asString()) : Optional.empty();
    }

    /** A decimal, written as a number or as a string: {@code 1.0}, {@code "1.00000000"}, {@code "0E-8"}. */
    public static Optional<BigDecimal> decimal(JsonNode node, String field) {
        return text(node, field).flatMap(Decimals::parse);
    }

    public static Optional<Long> integer(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isIntegralNumber() && value.canConvertToLong() ? Optional.of(value.longValue()) : Optional.empty();
    }

    /** Text for people: one line, not long, not blank. */
    public static Optional<String> line(JsonNode node, String field) {
        return text(node, field).map(ErrorText::line).filter(line -> !line.isBlank());
    }

    /** The texts of an array, each made one line; at most a thousand. */
    public static List<String> lines(JsonNode node, String field) {
        List<String> lines = new ArrayList<>();
        for (JsonNode item : node.path(field)) {
            if (item.isString() && lines.size() < MOST_LINES) {
                lines.add(ErrorText.line(item.stringValue()));
            }
        }
        return lines;
    }

    /**
     * The usable rows of an array.
     *
     * @param most what comes after so many is left out
     * @throws OpenClawException with MALFORMED_ANSWER when it is no array
     */
    public static <T> List<T> rows(String source, JsonNode array, int most, Function<JsonNode, Optional<T>> parse) {
        if (!array.isArray()) {
            throw malformed(source, "it has no list");
        }
        List<T> rows = new ArrayList<>();
        for (JsonNode item : array) {
            if (rows.size() == most) {
                break;
            }
            parse.apply(item).ifPresent(rows::add);
        }
        return List.copyOf(rows);
    }

    public static Optional<Instant> time(JsonNode node, String field) {
        return text(node, field).flatMap(Times::parse);
    }

    /**
     * The text of one field of an object exactly as it came, so that numbers keep their form: signatures are made over
     * what was written.
     *
     * @return empty when the field is missing or null
     */
    static Optional<String> raw(String object, String field) {
        try (JsonParser parser = MAPPER.createParser(object)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean wanted = field.equals(parser.currentName());
                JsonToken token = parser.nextToken();
                int start = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
                parser.skipChildren();
                if (wanted) {
                    int end = Math.toIntExact(parser.currentLocation().getCharOffset());
                    return token == JsonToken.VALUE_NULL ? Optional.empty() : Optional.of(object.substring(start, end));
                }
            }
            return Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** The elements of an array, each exactly as it came. */
    static List<String> elements(String array) {
        List<String> elements = new ArrayList<>();
        try (JsonParser parser = MAPPER.createParser(array)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return List.of();
            }
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                int start = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
                parser.skipChildren();
                elements.add(array.substring(
                        start, Math.toIntExact(parser.currentLocation().getCharOffset())));
            }
            return elements;
        } catch (JacksonException e) {
            return List.of();
        }
    }
}
