package io.aitbc.openclaw.cli;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON documents of the {@code --json} option. */
final class Json {
    private final JsonMapper mapper = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            // The last of two would hide the first from whoever reads strictly what is written here.
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    ObjectNode object() {
        return mapper.createObjectNode();
    }

    /** Of maps, lists, texts and numbers. */
    JsonNode tree(Object value) {
        return mapper.valueToTree(value);
    }

    JsonNode read(String text) {
        return mapper.readTree(text);
    }

    String write(JsonNode node) {
        return mapper.writeValueAsString(node);
    }

    String compact(JsonNode node) {
        return node.toString();
    }
}
