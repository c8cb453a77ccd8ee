package io.aitbc.openclaw.host.http.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the JSON body of one request without building a tree. Behaves as Go's decoder does into a struct: names match in any
 * letter case, unknown fields and nulls are ignored, text after the value is not looked at, a value of the wrong type is
 * reported once the whole text is known to be well formed.
 */
public final class JsonInput {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(GoSyntax.MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** The body was empty. Ollama says {@code missing request body}, the other protocols Go's {@code EOF}. */
    public static final class Missing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Missing() {
            super("EOF", null, false, false);
        }
    }

    /** JSON as it was sent. */
    public record Raw(String json) {}

    /** Kinds of JSON values. */
    public enum Kind {
        STRING("string"),
        NUMBER("number"),
        BOOLEAN("bool"),
        OBJECT("object"),
        ARRAY("array"),
        NULL("null");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    private final byte[] text;
    private final JsonParser parser;
    private final String type;
    private final List<String> path = new ArrayList<>();
    private @Nullable String mismatch;

    private JsonInput(byte[] text, int length, String type) {
        this.text = text;
        this.type = type;
        this.parser = FACTORY.createParser(ObjectReadContext.empty(), text, 0, length);
    }

    /**
     * Reads an object.
     *
     * @param type name of the Go struct that error texts mention: {@code ChatRequest}
     * @param field called with the name of each field; reads its value from the input, or ignores it
     * @throws Missing when the text is empty
     * @throws JsonFailure when it is not JSON, or a field has the wrong type
     */
    public static void read(byte[] text, int length, String type, Fields field) {
        try {
            readOnce(text, length, type, field);
        } catch (JacksonException e) {
            String problem = GoSyntax.problem(text, length).orElse("");
            if (!problem.isEmpty()) {
                throw new JsonFailure(problem);
            }
            // Well formed for Go: what Jackson minds is malformed UTF-8, which Go replaces.
            byte[] repaired = new String(text, 0, length, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            try {
                readOnce(repaired, repaired.length, type, field);
            } catch (JacksonException again) {
                throw new JsonFailure("invalid JSON");
            }
        }
    }

    /** Reads one field of the outermost object. */
    public interface Fields {
        void field(String name, JsonInput input);
    }

    private static void readOnce(byte[] text, int length, String type, Fields field) {
        JsonInput input = new JsonInput(text, length, type);
        try {
            if (input.parser.nextToken() == null) {
                throw new Missing();
            }
            input.object("api." + type, name -> field.field(name, input));
            if (input.mismatch != null) {
                throw new JsonFailure(input.mismatch);
            }
        } finally {
            input.parser.close();
        }
    }

    /** What the value at hand is. */
    public Kind kind() {
        return switch (parser.currentToken()) {
            case START_OBJECT -> Kind.OBJECT;
            case START_ARRAY -> Kind.ARRAY;
            case VALUE_STRING -> Kind.STRING;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Kind.NUMBER;
            case VALUE_TRUE, VALUE_FALSE -> Kind.BOOLEAN;
            default -> Kind.NULL;
        };
    }

    /** Reads an object with fixed field names, which come in lower case. */
    public void object(String goType, Consumer<String> field) {
        members(goType, field, true);
    }

    /** Reads an object whose names mean themselves. */
    public void map(Consumer<String> entry) {
        members("map[string]interface {}", entry, false);
    }

    private void members(String goType, Consumer<String> member, boolean fold) {
        if (!expect(Kind.OBJECT, goType)) {
            return;
        }
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            path.add(name);
            member.accept(fold ? folded(name) : name);
            skipRest();
            path.removeLast();
        }
    }

    /** Reads an array; {@code item} reads the item at hand. */
    public void list(String goType, Runnable item) {
        if (!expect(Kind.ARRAY, goType)) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            item.run();
            skipRest();
        }
    }

    public @Nullable String string() {
        return expect(Kind.STRING, "string") ? parser.getString() : null;
    }

    public String string(String fallback) {
        String value = string();
        return value == null ? fallback : value;
    }

    public boolean flag(boolean fallback) {
        return expect(Kind.BOOLEAN, "bool") ? parser.currentToken() == JsonToken.VALUE_TRUE : fallback;
    }

    public OptionalInt integer() {
        OptionalLong value = whole("int");
        return value.isPresent()
                ? OptionalInt.of(Math.clamp(value.getAsLong(), Integer.MIN_VALUE, Integer.MAX_VALUE))
                : OptionalInt.empty();
    }

    public OptionalLong whole(String goType) {
        if (!expect(Kind.NUMBER, goType)) {
            return OptionalLong.empty();
        }
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            mismatch("number " + parser.getString(), goType);
            return OptionalLong.empty();
        }
        return OptionalLong.of(parser.getLongValue());
    }

    public OptionalDouble number() {
        return expect(Kind.NUMBER, "float64") ? OptionalDouble.of(parser.getDoubleValue()) : OptionalDouble.empty();
    }

    /** Reads an array of strings. */
    public List<String> strings() {
        List<String> values = new ArrayList<>();
        list("[]string", () -> values.add(string("")));
        return values;
    }

    /**
     * A value of any kind: String, Boolean, Long, Double, List of these, or {@link Raw} for an object; null for null.
     */
    public @Nullable Object any() {
        return switch (kind()) {
            case STRING -> parser.getString();
            case BOOLEAN -> parser.currentToken() == JsonToken.VALUE_TRUE;
            case NUMBER -> isLong() ? (Object) parser.getLongValue() : (Object) parser.getDoubleValue();
            case NULL -> null;
            case OBJECT -> new Raw(raw());
            case ARRAY -> anyList();
        };
    }

    /** The items of the array at hand, as {@link #any()}. */
    public List<@Nullable Object> anyList() {
        List<@Nullable Object> items = new ArrayList<>();
        list("[]interface {}", () -> items.add(any()));
        return items;
    }

    private boolean isLong() {
        return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    }

    /** The text of the value at hand exactly as it was sent; it is checked and passed over. */
    public String raw() {
        int start = position();
        parser.finishToken();
        parser.skipChildren();
        return textSince(start);
    }

    /** Where the value at hand starts, for {@link #textSince}. */
    public int position() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** What was sent from a position to the end of the object or array that was just read. */
    public String textSince(int start) {
        int end = (int) parser.currentLocation().getByteOffset();
        return new String(text, start, end - start, StandardCharsets.UTF_8);
    }

    /** Reports that a value cannot be used, in the words of its own decoder. */
    public void fail(String problem) {
        if (mismatch == null) {
            mismatch = problem;
        }
    }

    /** Reports that the value at hand cannot be a {@code goType}. The first report of a body is the one that is shown. */
    public void mismatch(String goType) {
        mismatch(kind().word, goType);
    }

    private boolean expect(Kind wanted, String goType) {
        Kind kind = kind();
        if (kind == wanted) {
            return true;
        }
        if (kind != Kind.NULL) {
            mismatch(kind.word, goType);
        }
        return false;
    }

    private void mismatch(String value, String goType) {
        if (mismatch == null) {
            mismatch = path.isEmpty()
                    ? "json: cannot unmarshal %s into Go value of type %s".formatted(value, goType)
                    : "json: cannot unmarshal %s into Go struct field %s.%s of type %s"
                            .formatted(value, type, String.join(".", path), goType);
        }
    }

    private void skipRest() {
        if (parser.currentToken() == JsonToken.START_OBJECT || parser.currentToken() == JsonToken.START_ARRAY) {
            parser.skipChildren();
        }
    }

    private static String folded(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                return name.toLowerCase(Locale.ROOT);
            }
        }
        return name;
    }
}
