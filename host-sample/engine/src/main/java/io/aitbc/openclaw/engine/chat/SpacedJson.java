package io.aitbc.openclaw.engine.chat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.util.Iterator;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON with a space behind each comma and colon, as Python writes it and chat templates expect it. */
final class SpacedJson {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private SpacedJson() {}

    /** @param what for the error text: {@code tool 'add'} */
    static String of(String json, String what) {
        try {
            StringBuilder out = new StringBuilder();
            write(MAPPER.readTree(json), out);
            return out.toString();
        } catch (JacksonException e) {
            throw new OpenClawException(ErrorCode.INVALID_REQUEST, "%s is not valid JSON".formatted(what), e);
        }
    }

    private static void write(JsonNode node, StringBuilder out) {
        if (node.isObject()) {
            out.append('{');
            Iterator<Map.Entry<String, JsonNode>> entries = node.properties().iterator();
            while (entries.hasNext()) {
                Map.Entry<String, JsonNode> entry = entries.next();
                out.append(MAPPER.writeValueAsString(entry.getKey())).append(": ");
                write(entry.getValue(), out);
                out.append(entries.hasNext() ? ", " : "");
            }
            out.append('}');
        } else if (node.isArray()) {
            out.append('[');
            for (int i = 0; i < node.size(); i++) {
                out.append(i > 0 ? ", " : "");
                write(node.get(i), out);
            }
            out.append(']');
        } else {
            out.append(MAPPER.writeValueAsString(node));
        }
    }
}
