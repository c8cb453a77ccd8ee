package io.aitbc.openclaw.host.http.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes JSON, and the bytes around it, into a buffer that is used again for each event of an answer. Escapes as Go does.
 * Not safe for use by several threads.
 */
public final class JsonOutput {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .rootValueSeparator("")
            .characterEscapes(new GoEscapes())
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(2 * GoSyntax.MAX_DEPTH)
                    .build())
            .build();

    private final Buffer buffer = new Buffer();
    private final JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), buffer);

    public JsonOutput startObject() {
        generator.writeStartObject();
        return this;
    }

    public JsonOutput startObject(String name) {
        generator.writeObjectPropertyStart(name);
        return this;
    }

    public JsonOutput endObject() {
        generator.writeEndObject();
        return this;
    }

    public JsonOutput startArray() {
        generator.writeStartArray();
        return this;
    }

    public JsonOutput startArray(String name) {
        generator.writeArrayPropertyStart(name);
        return this;
    }

    public JsonOutput endArray() {
        generator.writeEndArray();
        return this;
    }

    public JsonOutput field(String name, String value) {
        generator.writeName(name);
        return value(value);
    }

    public JsonOutput field(String name, long value) {
        generator.writeName(name);
        generator.writeNumber(value);
        return this;
    }

    public JsonOutput field(String name, double value) {
        generator.writeName(name);
        generator.writeNumber(value);
        return this;
    }

    public JsonOutput field(String name, boolean value) {
        generator.writeName(name);
        generator.writeBoolean(value);
        return this;
    }

    public JsonOutput nullField(String name) {
        generator.writeName(name);
        generator.writeNull();
        return this;
    }

    /** A field whose value is JSON already. */
    public JsonOutput rawField(String name, String json) {
        generator.writeName(name);
        generator.writeRawValue(json);
        return this;
    }

    public JsonOutput value(String text) {
        generator.writeString(wellFormed(text));
        return this;
    }

    public JsonOutput value(long number) {
        generator.writeNumber(number);
        return this;
    }

    public JsonOutput value(double number) {
        generator.writeNumber(number);
        return this;
    }

    public JsonOutput value(float number) {
        generator.writeNumber(number);
        return this;
    }

    /** A String, Boolean, Number, Map or List of these. */
    public JsonOutput field(String name, Object value) {
        generator.writeName(name);
        any(value);
        return this;
    }

    private void any(Object value) {
        switch (value) {
            case String text -> value(text);
            case Boolean flag -> generator.writeBoolean(flag);
            case Integer number -> generator.writeNumber(number);
            case Long number -> generator.writeNumber(number);
            case java.math.BigDecimal number -> generator.writeNumber(number);
            case Number number -> generator.writeNumber(number.doubleValue());
            case List<?> items -> {
                generator.writeStartArray();
                items.forEach(this::any);
                generator.writeEndArray();
            }
            case Map<?, ?> entries -> {
                generator.writeStartObject();
                entries.forEach((name, entry) -> {
                    generator.writeName(String.valueOf(name));
                    any(entry);
                });
                generator.writeEndObject();
            }
            default -> value(value.toString());
        }
    }

    /** Bytes outside any JSON value: line ends, the words of server-sent events. */
    public JsonOutput literal(String ascii) {
        generator.flush();
        buffer.add(ascii);
        return this;
    }

    /** What was written since the last {@link #clear()}; valid until more is written. */
    public byte[] array() {
        generator.flush();
        return buffer.array();
    }

    /** How much of {@link #array()} counts. */
    public int length() {
        generator.flush();
        return buffer.size();
    }

    public void clear() {
        generator.flush();
        buffer.reset();
    }

    public String text() {
        return new String(array(), 0, length(), StandardCharsets.UTF_8);
    }

    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                // A lone surrogate cannot be written as UTF-8; Go writes the replacement character.
                byte[] bytes = text.getBytes(StandardCharsets.UTF_16BE);
                return new String(bytes, StandardCharsets.UTF_16BE);
            }
        }
        return text;
    }

    private static final class Buffer extends ByteArrayOutputStream {
        Buffer() {
            super(512);
        }

        byte[] array() {
            return buf;
        }

        void add(String ascii) {
            byte[] bytes = ascii.getBytes(StandardCharsets.ISO_8859_1);
            write(bytes, 0, bytes.length);
        }
    }
}
