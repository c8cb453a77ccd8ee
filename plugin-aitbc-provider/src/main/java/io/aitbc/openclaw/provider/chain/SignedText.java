package io.aitbc.openclaw.provider.chain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The text of a transaction that is signed: JSON as Python writes it with sorted keys, without blanks, in ASCII. Transactions
 * hold no floats and no nulls, about whose text the parties could differ.
 */
final class SignedText {
    private static final Comparator<String> BY_CODE_POINT = (one, other) ->
            Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());

    private SignedText() {}

    /** @throws IllegalArgumentException when it holds a float or a null */
    static String of(JsonNode node) {
        StringBuilder text = new StringBuilder();
        write(node, text);
        return text.toString();
    }

    private static void write(JsonNode node, StringBuilder text) {
        if (node.isObject()) {
            object(node, text);
        } else if (node.isArray()) {
            String separator = "[";
            for (JsonNode item : node) {
                text.append(separator);
                write(item, text);
                separator = ",";
            }
            text.append(node.isEmpty() ? "[]" : "]");
        } else if (node.isString()) {
            quote(node.stringValue(), text);
        } else if (node.isIntegralNumber() || node.isBoolean()) {
            text.append(node.asString());
        } else {
            throw new IllegalArgumentException("A transaction cannot hold " + node.getNodeType());
        }
    }

    private static void object(JsonNode node, StringBuilder text) {
        List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(node.properties());
        fields.sort(Map.Entry.comparingByKey(BY_CODE_POINT));
        String separator = "{";
        for (Map.Entry<String, JsonNode> field : fields) {
            text.append(separator);
            quote(field.getKey(), text);
            text.append(':');
            write(field.getValue(), text);
            separator = ",";
        }
        text.append(fields.isEmpty() ? "{}" : "}");
    }

    private static void quote(String value, StringBuilder text) {
        text.append('"');
        value.chars().forEach(unit -> text.append(escaped((char) unit)));
        text.append('"');
    }

    private static String escaped(char unit) {
        return switch (unit) {
            case '"', '\\' -> "\\" + unit;
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default ->
                unit >= ' ' && unit <= '~'
                        ? String.valueOf(unit)
                        : "\\u" + HexFormat.of().toHexDigits(unit);
        };
    }
}
