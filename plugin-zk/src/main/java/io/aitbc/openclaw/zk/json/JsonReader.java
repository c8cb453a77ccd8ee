package io.aitbc.openclaw.zk.json;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a JSON document strictly (RFC 8259). Whatever could mean different things to different readers is refused:
 * a name twice in one object, numbers too large for a double, text after the document.
 */
public final class JsonReader {
    public static final int MAX_CHARACTERS = 8 * 1024 * 1024;
    static final int MAX_DEPTH = 64;
    static final int MAX_DIGITS = 1000;

    /** Values, names, and starts and ends of objects and lists: each costs many times its characters in memory. */
    static final int MAX_TOKENS = 1 << 18;

    private static final Json TRUE = new Json.Flag(true);
    private static final Json FALSE = new Json.Flag(false);
    private static final Json NULL = new Json.Null();

    private final JsonFactory factory = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(MAX_CHARACTERS)
                    .maxStringLength(MAX_CHARACTERS)
                    .maxNameLength(10_000)
                    .maxNestingDepth(MAX_DEPTH)
                    .maxTokenCount(MAX_TOKENS)
                    .maxNumberLength(MAX_DIGITS)
                    .build())
            .build();

    public Json read(String document) throws MalformedDocumentException {
        if (document.length() > MAX_CHARACTERS) {
            throw new MalformedDocumentException(
                    "it has %d characters, at most %d are read".formatted(document.length(), MAX_CHARACTERS));
        }
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), document)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new MalformedDocumentException("it is empty");
            }
            Json value = value(parser, first);
            if (parser.nextToken() != null) {
                throw new MalformedDocumentException("there is text after the document");
            }
            return value;
        } catch (JacksonException e) {
            throw new MalformedDocumentException(
                    "it is not JSON within the limits: " + firstLine(e.getOriginalMessage()));
        }
    }

    private static Json value(JsonParser parser, JsonToken token) throws MalformedDocumentException {
        return switch (token) {
            case START_OBJECT -> members(parser);
            case START_ARRAY -> items(parser);
            case VALUE_STRING -> new Json.Text(parser.getString());
            case VALUE_NUMBER_INT -> whole(parser.getString());
            case VALUE_NUMBER_FLOAT -> real(parser.getString());
            case VALUE_TRUE -> TRUE;
            case VALUE_FALSE -> FALSE;
            case VALUE_NULL -> NULL;
            default -> throw new MalformedDocumentException("unexpected " + token);
        };
    }

    private static Json members(JsonParser parser) throws MalformedDocumentException {
        List<Json.Member> list = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_OBJECT; token = parser.nextToken()) {
            String name = parser.currentName();
            list.add(new Json.Member(name, value(parser, parser.nextToken())));
        }
        list.sort((one, other) -> CodePoints.compare(one.name(), other.name()));
        for (int i = 1; i < list.size(); i++) {
            if (list.get(i).name().equals(list.get(i - 1).name())) {
                throw new MalformedDocumentException("a name stands twice in one object");
            }
        }
        return new Json.Members(list);
    }

    private static Json items(JsonParser parser) throws MalformedDocumentException {
        List<Json> list = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            list.add(value(parser, token));
        }
        return new Json.Items(list);
    }

    private static Json whole(String token) {
        return new Json.Whole(token.equals("-0") ? "0" : token);
    }

    private static Json real(String token) throws MalformedDocumentException {
        double value = Double.parseDouble(token);
        if (!Double.isFinite(value)) {
            throw new MalformedDocumentException("a number is too large");
        }
        return new Json.Real(value);
    }

    /** Parsers quote what they stumbled over, control characters included. */
    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("").replaceAll("[\\p{gc=Cc}\\p{gc=Cf}]", "?");
        return line.length() <= 160 ? line : line.substring(0, 160);
    }
}
