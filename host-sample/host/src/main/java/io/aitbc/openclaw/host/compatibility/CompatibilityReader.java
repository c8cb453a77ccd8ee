package io.aitbc.openclaw.host.compatibility;

import io.aitbc.openclaw.host.versions.SemanticVersions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a table strictly: it is written by hand, and a slip in it would be a wrong advice. */
final class CompatibilityReader {
    private static final int FORMAT = 1;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private CompatibilityReader() {}

    static List<Component> read(byte[] json) {
        try {
            JsonNode document = JSON.readTree(json);
            only(document, "the table", "format", "components");
            if (document.path("format").asInt(0) != FORMAT) {
                throw new IllegalArgumentException("the format of the table is not " + FORMAT);
            }
            List<Component> components = list(document, "components", "the table", CompatibilityReader::component);
            Set<String> known = new HashSet<>();
            for (Component component : components) {
                boolean first = known.add(component.id())
                        && component.agents().stream().allMatch(agent -> known.add("agent " + agent));
                if (!first) {
                    throw new IllegalArgumentException(component.id() + " or one of its agents is there twice");
                }
            }
            return components;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the table is no JSON document: " + e.getOriginalMessage(), e);
        }
    }

    private static Component component(JsonNode row) {
        String id = text(row, "id", "a component");
        only(row, id, "id", "name", "kind", "scheme", "agents", "floor", "tested", "bad");
        Component.Scheme scheme = choice(Component.Scheme.class, row, "scheme", id);
        Optional<Component.Floor> floor =
                row.has("floor") ? Optional.of(floor(row.path("floor"), id, scheme)) : Optional.empty();
        List<Component.Tested> tested = list(row, "tested", id, entry -> tested(entry, id, scheme));
        if (tested.isEmpty()) {
            throw new IllegalArgumentException(id + ": nothing was tested");
        }
        if (scheme == Component.Scheme.NAME
                && floor.isPresent()
                && tested.stream()
                        .noneMatch(it -> it.version().equals(floor.get().version()))) {
            throw new IllegalArgumentException("%s: a floor is the name of what was tested".formatted(id));
        }
        return new Component(
                id,
                text(row, "name", id),
                choice(Component.Kind.class, row, "kind", id),
                scheme,
                row.has("agents") ? list(row, "agents", id, agent -> agent.asString("")) : List.of(),
                floor,
                tested,
                row.has("bad") ? list(row, "bad", id, entry -> bad(entry, id, scheme)) : List.of());
    }

    private static Component.Floor floor(JsonNode row, String id, Component.Scheme scheme) {
        only(row, id + ": floor", "version", "reason", "reference");
        return new Component.Floor(version(row, id, scheme), text(row, "reason", id), text(row, "reference", id));
    }

    private static Component.Tested tested(JsonNode row, String id, Component.Scheme scheme) {
        only(row, id + ": tested", "version", "how");
        return new Component.Tested(version(row, id, scheme), text(row, "how", id));
    }

    private static Component.Bad bad(JsonNode row, String id, Component.Scheme scheme) {
        only(row, id + ": bad", "range", "reason");
        String range = text(row, "range", id);
        if (scheme == Component.Scheme.SEMVER && !SemanticVersions.isRange(range)) {
            throw new IllegalArgumentException("%s: '%s' is no range of versions".formatted(id, range));
        }
        return new Component.Bad(range, text(row, "reason", id));
    }

    private static String version(JsonNode row, String id, Component.Scheme scheme) {
        String version = text(row, "version", id);
        if (scheme == Component.Scheme.SEMVER && !SemanticVersions.isVersion(version)) {
            throw new IllegalArgumentException("%s: '%s' is no semantic version".formatted(id, version));
        }
        return version;
    }

    private static String text(JsonNode row, String field, String where) {
        JsonNode value = row.path(field);
        if (!value.isString() || value.asString().isBlank()) {
            throw new IllegalArgumentException("%s: '%s' is missing or no text".formatted(where, field));
        }
        return value.asString();
    }

    private static <E extends Enum<E>> E choice(Class<E> type, JsonNode row, String field, String where) {
        String text = text(row, field, where);
        for (E value : type.getEnumConstants()) {
            if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
                return value;
            }
        }
        throw new IllegalArgumentException("%s: '%s' cannot be '%s'".formatted(where, field, text));
    }

    private static <T> List<T> list(JsonNode row, String field, String where, Function<JsonNode, T> read) {
        if (!row.path(field).isArray()) {
            throw new IllegalArgumentException("%s: '%s' is missing or no list".formatted(where, field));
        }
        List<T> items = new ArrayList<>();
        row.path(field).forEach(item -> items.add(read.apply(item)));
        return items;
    }

    private static void only(JsonNode row, String where, String... fields) {
        Set<String> unknown = new HashSet<>(row.propertyNames());
        List.of(fields).forEach(unknown::remove);
        if (!row.isObject() || !unknown.isEmpty()) {
            throw new IllegalArgumentException("%s: is no object, or has unknown fields %s".formatted(where, unknown));
        }
    }
}
