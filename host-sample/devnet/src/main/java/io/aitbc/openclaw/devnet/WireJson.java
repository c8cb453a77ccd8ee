package io.aitbc.openclaw.devnet;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** JSON as the coordinator answers it: compact, UTF-8, nulls present, floats in Rust's form ({@code 1e-6}) unless told otherwise. */
final class WireJson {
    /** Who wrote the serialiser. */
    enum Floats {
        RUST,
        PYTHON;

        private String text(double value) {
            return this == RUST ? FloatText.rust(value) : FloatText.python(value);
        }
    }

    private WireJson() {}

    static byte[] bytes(JsonNode node) {
        return text(node).getBytes(StandardCharsets.UTF_8);
    }

    static byte[] bytes(JsonNode node, Floats floats) {
        StringBuilder out = new StringBuilder();
        write(node, floats, out);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    static String text(JsonNode node) {
        StringBuilder out = new StringBuilder();
        write(node, Floats.RUST, out);
        return out.toString();
    }

    private static void write(JsonNode node, Floats floats, StringBuilder out) {
        if (node.isObject()) {
            out.append('{');
            String separator = "";
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                out.append(separator);
                writeString(entry.getKey(), out);
                out.append(':');
                write(entry.getValue(), floats, out);
                separator = ",";
            }
            out.append('}');
        } else if (node.isArray()) {
            out.append('[');
            String separator = "";
            for (JsonNode item : node.values()) {
                out.append(separator);
                write(item, floats, out);
                separator = ",";
            }
            out.append(']');
        } else if (node.isString()) {
            writeString(node.stringValue(), out);
        } else if (node.isFloatingPointNumber()) {
            out.append(floats.text(node.doubleValue()));
        } else if (node.isNull()) {
            out.append("null");
        } else {
            out.append(node.asString());
        }
    }

    private static void writeString(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            switch (unit) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> writeUnit(text, i, unit, out);
            }
        }
        out.append('"');
    }

    /** Half a surrogate pair has no UTF-8 form and stays escaped. */
    private static void writeUnit(String text, int index, char unit, StringBuilder out) {
        boolean paired = Character.isHighSurrogate(unit)
                ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
                : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
        boolean lone = Character.isSurrogate(unit) && !paired;
        if (unit < 0x20 || lone) {
            out.append("\\u").append(HexFormat.of().toHexDigits(unit));
        } else {
            out.append(unit);
        }
    }
}
