package io.aitbc.openclaw.engine.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns a JSON Schema (draft 2020-12) into grammar rules. Keywords that only describe are skipped; keywords that restrict and
 * cannot be followed are refused, so that what comes out always fits the schema. Properties come in the schema's order.
 */
final class SchemaCompiler {
    private static final Set<String> DESCRIBING = Set.of(
            "title",
            "description",
            "default",
            "examples",
            "example",
            "$schema",
            "$id",
            "$comment",
            "$defs",
            "definitions",
            "deprecated",
            "readOnly",
            "writeOnly",
            "format");
    private static final Set<String> FOLLOWED = Set.of(
            "type",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "minItems",
            "maxItems",
            "minLength",
            "maxLength",
            "enum",
            "const",
            "anyOf",
            "$ref");
    private static final int MOST_REPEATS = 1_000;
    private static final int MOST_DEPTH = 100;

    private final Grammar.Builder grammar;
    private final JsonRules json;
    private final Map<String, Integer> references = new HashMap<>();
    private JsonNode document = JsonMapper.shared().nullNode();
    private int depth;

    SchemaCompiler(Grammar.Builder grammar, JsonRules json) {
        this.grammar = grammar;
        this.json = json;
    }

    int compile(String schema) {
        try {
            return compile(JsonMapper.shared().readTree(schema));
        } catch (JacksonException e) {
            throw new SchemaException("the schema is not valid JSON");
        }
    }

    int compile(JsonNode schema) {
        document = schema;
        references.clear();
        return rule(schema, "#");
    }

    private int rule(JsonNode schema, String path) {
        if (++depth > MOST_DEPTH) {
            throw new SchemaException("the schema is nested too deeply");
        }
        try {
            return schema.isBoolean() && schema.booleanValue() ? json.value : object(schema, path);
        } finally {
            depth--;
        }
    }

    private int object(JsonNode schema, String path) {
        if (!schema.isObject()) {
            throw new SchemaException("%s is not a schema".formatted(path));
        }
        for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
            if (!DESCRIBING.contains(keyword.getKey()) && !FOLLOWED.contains(keyword.getKey())) {
                throw new SchemaException("%s/%s: this keyword is not supported".formatted(path, keyword.getKey()));
            }
        }
        if (schema.has("$ref")) {
            refuseBeside(schema, "$ref", path);
            return reference(schema.path("$ref"), path);
        }
        if (schema.has("anyOf")) {
            refuseBeside(schema, "anyOf", path);
            return anyOf(schema.path("anyOf"), path);
        }
        if (schema.has("const")) {
            return constants(List.of(schema.path("const")), schema, path + "/const");
        }
        if (schema.has("enum")) {
            return constants(items(schema.path("enum"), path + "/enum"), schema, path + "/enum");
        }
        return typed(schema, path);
    }

    /** Keywords beside these would have to hold as well. */
    private static void refuseBeside(JsonNode schema, String keyword, String path) {
        for (String name : schema.propertyNames()) {
            if (!name.equals(keyword) && !DESCRIBING.contains(name)) {
                throw new SchemaException("%s/%s: is not supported beside %s".formatted(path, name, keyword));
            }
        }
    }

    private int reference(JsonNode reference, String path) {
        String target = reference.isString() ? reference.stringValue() : "";
        if (!target.equals("#") && !target.startsWith("#/")) {
            throw new SchemaException("%s/$ref: only references inside the schema are supported".formatted(path));
        }
        Integer known = references.get(target);
        if (known != null) {
            return known;
        }
        JsonNode schema = document.at(target.substring(1));
        if (schema.isMissingNode()) {
            throw new SchemaException("%s/$ref: there is no %s".formatted(path, target));
        }
        int rule = grammar.rule();
        references.put(target, rule);
        grammar.alternative(rule, rule(schema, target));
        return rule;
    }

    private int anyOf(JsonNode choices, String path) {
        int rule = grammar.rule();
        List<JsonNode> schemas = items(choices, path + "/anyOf");
        for (int i = 0; i < schemas.size(); i++) {
            grammar.alternative(rule, rule(schemas.get(i), path + "/anyOf/" + i));
        }
        return rule;
    }

    private int constants(List<JsonNode> values, JsonNode schema, String path) {
        int rule = grammar.rule();
        int fitting = 0;
        for (JsonNode value : values) {
            if (fits(value, types(schema, path))) {
                grammar.alternative(rule, grammar.text(value.toString()));
                fitting++;
            }
        }
        if (fitting == 0) {
            throw new SchemaException("%s: no value has the type of the schema".formatted(path));
        }
        return rule;
    }

    private int typed(JsonNode schema, String path) {
        List<String> types = types(schema, path);
        if (types.isEmpty()) {
            types = implied(schema);
        }
        if (types.isEmpty()) {
            return json.value;
        }
        int rule = grammar.rule();
        for (String type : types) {
            switch (type) {
                case "object" -> grammar.alternative(rule, objectRule(schema, path));
                case "array" -> grammar.alternative(rule, arrayRule(schema, path));
                case "string" -> grammar.alternative(rule, stringRule(schema, path));
                case "number" -> grammar.alternative(rule, json.number);
                case "integer" -> grammar.alternative(rule, json.integer);
                case "boolean" -> {
                    grammar.alternative(rule, grammar.text("true"));
                    grammar.alternative(rule, grammar.text("false"));
                }
                case "null" -> grammar.alternative(rule, grammar.text("null"));
                default -> throw new SchemaException("%s/type: '%s' is unknown".formatted(path, type));
            }
        }
        return rule;
    }

    /** The type that keywords of a schema without a type are about: one that fits them is chosen. */
    private static List<String> implied(JsonNode schema) {
        if (schema.has("properties") || schema.has("required") || schema.has("additionalProperties")) {
            return List.of("object");
        }
        if (schema.has("items") || schema.has("minItems") || schema.has("maxItems")) {
            return List.of("array");
        }
        return schema.has("minLength") || schema.has("maxLength") ? List.of("string") : List.of();
    }

    private static List<String> types(JsonNode schema, String path) {
        JsonNode type = schema.path("type");
        if (type.isMissingNode()) {
            return List.of();
        }
        List<JsonNode> names = type.isArray() ? items(type, path + "/type") : List.of(type);
        List<String> types = new ArrayList<>();
        for (JsonNode name : names) {
            if (!name.isString()) {
                throw new SchemaException("%s/type: must be a name or a list of names".formatted(path));
            }
            types.add(name.stringValue());
        }
        return types;
    }

    private static boolean fits(JsonNode value, List<String> types) {
        return types.isEmpty()
                || types.stream().anyMatch(type -> switch (type) {
                    case "object" -> value.isObject();
                    case "array" -> value.isArray();
                    case "string" -> value.isString();
                    case "number" -> value.isNumber();
                    case "integer" ->
                        value.isIntegralNumber()
                                || (value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue()));
                    case "boolean" -> value.isBoolean();
                    case "null" -> value.isNull();
                    default -> false;
                });
    }

    private int objectRule(JsonNode schema, String path) {
        Map<String, JsonNode> properties = new LinkedHashMap<>();
        schema.path("properties").properties().forEach(entry -> properties.put(entry.getKey(), entry.getValue()));
        Set<String> required = new java.util.LinkedHashSet<>();
        if (schema.has("required")) {
            for (JsonNode name : list(schema.path("required"), path + "/required")) {
                required.add(name.asString());
                properties.putIfAbsent(
                        name.asString(), JsonMapper.shared().getNodeFactory().booleanNode(true));
            }
        }
        JsonNode additional = schema.path("additionalProperties");
        if (properties.isEmpty()) {
            boolean none = additional.isBoolean() && !additional.booleanValue();
            if (none) {
                return grammar.sequence(grammar.oneOf("{"), json.space, grammar.oneOf("}"));
            }
            return additional.isObject() ? json.map(rule(additional, path + "/additionalProperties")) : json.object;
        }
        return properties(properties, required, path);
    }

    /**
     * Rules for the members from the last to the first; each exists twice, behind another member, where it starts with a
     * comma, and as the first one.
     */
    private int properties(Map<String, JsonNode> properties, Set<String> required, String path) {
        int comma = grammar.oneOf(",");
        int behind = grammar.sequence(json.space, grammar.oneOf("}"));
        int first = behind;
        List<Map.Entry<String, JsonNode>> entries = new ArrayList<>(properties.entrySet());
        for (Map.Entry<String, JsonNode> entry : entries.reversed()) {
            String name = entry.getKey();
            int member = member(name, rule(entry.getValue(), path + "/properties/" + name));
            int nextBehind = grammar.rule();
            int nextFirst = grammar.rule();
            grammar.alternative(nextBehind, json.space, comma, json.space, member, behind);
            grammar.alternative(nextFirst, json.space, member, behind);
            if (!required.contains(name)) {
                grammar.alternative(nextBehind, behind);
                grammar.alternative(nextFirst, first);
            }
            behind = nextBehind;
            first = nextFirst;
        }
        return grammar.sequence(grammar.oneOf("{"), first);
    }

    private int member(String name, int value) {
        int key = grammar.sequence(grammar.text(JsonMapper.shared().writeValueAsString(name)));
        return grammar.sequence(key, json.space, grammar.oneOf(":"), json.space, value);
    }

    private int arrayRule(JsonNode schema, String path) {
        int item = schema.has("items") ? rule(schema.path("items"), path + "/items") : json.value;
        int least = count(schema, "minItems", 0, path);
        int most = count(schema, "maxItems", Integer.MAX_VALUE, path);
        if (least > most) {
            throw new SchemaException("%s: minItems is above maxItems".formatted(path));
        }
        return json.list(item, least, most);
    }

    private int stringRule(JsonNode schema, String path) {
        int least = count(schema, "minLength", 0, path);
        int most = count(schema, "maxLength", Integer.MAX_VALUE, path);
        if (least > most) {
            throw new SchemaException("%s: minLength is above maxLength".formatted(path));
        }
        return least == 0 && most == Integer.MAX_VALUE ? json.string : json.string(least, most);
    }

    private static int count(JsonNode schema, String keyword, int fallback, String path) {
        if (!schema.has(keyword)) {
            return fallback;
        }
        JsonNode value = schema.path(keyword);
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
            throw new SchemaException("%s/%s: must be a whole number".formatted(path, keyword));
        }
        if (value.intValue() > MOST_REPEATS) {
            throw new SchemaException("%s/%s: more than %d is not supported".formatted(path, keyword, MOST_REPEATS));
        }
        return value.intValue();
    }

    private static List<JsonNode> items(JsonNode array, String path) {
        List<JsonNode> items = list(array, path);
        if (items.isEmpty()) {
            throw new SchemaException("%s: must not be empty".formatted(path));
        }
        return items;
    }

    private static List<JsonNode> list(JsonNode array, String path) {
        if (!array.isArray()) {
            throw new SchemaException("%s: must be an array".formatted(path));
        }
        List<JsonNode> items = new ArrayList<>();
        array.forEach(items::add);
        return items;
    }
}
