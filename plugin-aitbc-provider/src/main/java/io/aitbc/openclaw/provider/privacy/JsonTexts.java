package io.aitbc.openclaw.provider.privacy;

import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Changes the texts of a JSON document: strings, names, and numbers that are long enough to be something. */
final class JsonTexts {
    private static final int SHORTEST_NUMBER = 7;

    private JsonTexts() {}

    static JsonNode map(JsonNode node, UnaryOperator<String> change) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (node.isString()) {
            return nodes.stringNode(change.apply(node.stringValue()));
        }
        if (node.isNumber()) {
            String text = node.asString();
            String changed = text.length() < SHORTEST_NUMBER ? text : change.apply(text);
            return changed.equals(text) ? node : nodes.stringNode(changed);
        }
        if (node.isArray()) {
            ArrayNode copy = nodes.arrayNode();
            node.forEach(item -> copy.add(map(item, change)));
            return copy;
        }
        if (node.isObject()) {
            ObjectNode copy = nodes.objectNode();
            node.propertyStream()
                    .forEach(field -> copy.set(change.apply(field.getKey()), map(field.getValue(), change)));
            return copy;
        }
        return node;
    }
}
