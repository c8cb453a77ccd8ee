package io.aitbc.openclaw.devnet;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The text AITBC signs: Python's {@code json.dumps(x, separators=(",", ":"), sort_keys=True)} after nulls were dropped from
 * objects and arrays. Written on purpose without a look at the implementation that verifies receipts, so that the two check
 * each other.
 */
final class CanonicalJson {
    private CanonicalJson() {}

    static String text(JsonNode node) {
        StringBuilder out = new StringBuilder();
        write(node, out);
        return out.toString();
    }

    private static void write(JsonNode node, StringBuilder out) {
        if (node.isObject()) {
            writeObject(node, out);
        } else if (node.isArray()) {
            out.append('[');
            boolean first = true;
            for (JsonNode item : node.values()) {
                if (!item.isNull()) {
                    out.append(first ? "" : ",");
                    write(item, out);
                    first = false;
                }
            }
            out.append(']');
        } else if (node.isString()) {
            writeString(node.stringValue(), out);
        } else if (node.isFloatingPointNumber()) {
            out.append(FloatText.python(node.doubleValue()));
        } else {
            out.append(node.asString());
        }
    }

    private static void writeObject(JsonNode node, StringBuilder out) {
        List<Map.Entry<String, JsonNode>> entries = new ArrayList<>(node.properties());
        entries.removeIf(entry -> entry.getValue().isNull());
        entries.sort((left, right) -> compareCodePoints(left.getKey(), right.getKey()));
        out.append('{');
        for (Iterator<Map.Entry<String, JsonNode>> rest = entries.iterator(); rest.hasNext(); ) {
            Map.Entry<String, JsonNode> entry = rest.next();
            writeString(entry.getKey(), out);
            out.append(':');
            write(entry.getValue(), out);
            out.append(rest.hasNext() ? "," : "");
        }
        out.append('}');
    }

    /** Java compares UTF-16 units, which puts U+1F600 before U+FFFF. */
    private static int compareCodePoints(String left, String right) {
        int difference = 0;
        while (difference < left.length()
                && difference < right.length()
                && left.charAt(difference) == right.charAt(difference)) {
            difference++;
        }
        if (difference == left.length() || difference == right.length()) {
            return left.length() - right.length();
        }
        return rank(left.charAt(difference)) - rank(right.charAt(difference));
    }

    /** Orders UTF-16 units as the code points they are of: surrogates last. */
    private static int rank(char unit) {
        return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
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
                default -> {
                    if (unit >= 0x20 && unit < 0x7f) {
                        out.append(unit);
                    } else {
                        out.append("\\u").append(HexFormat.of().toHexDigits(unit));
                    }
                }
            }
        }
        out.append('"');
    }
}
