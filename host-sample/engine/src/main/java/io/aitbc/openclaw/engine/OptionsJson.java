package io.aitbc.openclaw.engine;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Options of a model as JSON. */
final class OptionsJson {
    private OptionsJson() {}

    /** @param json an object, or nothing */
    static GenerationOptions options(JsonNode json) {
        GenerationOptions options = GenerationOptions.none();
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            options = options.with(entry.getKey(), value(entry.getKey(), entry.getValue()));
        }
        return options;
    }

    private static Object value(String name, JsonNode value) {
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        if (value.isNumber()) {
            return value.doubleValue();
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isString()) {
            return value.stringValue();
        }
        if (value.isArray()) {
            List<String> texts = new ArrayList<>();
            value.forEach(item -> texts.add(item.asString()));
            return List.copyOf(texts);
        }
        throw new OpenClawException(ErrorCode.INVALID_REQUEST, "parameter \"%s\" has no usable value".formatted(name));
    }
}
