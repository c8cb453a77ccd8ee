package io.aitbc.openclaw.engine.ollama;

import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.ModelDetails.TensorInfo;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * An answer of {@code /api/show}. Read directly: Ollama4j's lacks {@code model_info}, which holds the context length.
 *
 * @param numCtx context length the Modelfile sets
 */
record ModelCard(
        Set<Capability> capabilities,
        String template,
        Optional<String> system,
        Optional<String> license,
        Optional<String> parameters,
        Optional<String> modelfile,
        OptionalInt numCtx,
        Map<String, Object> info,
        List<TensorInfo> tensors) {
    private static final Pattern NUM_CTX = Pattern.compile("(?m)^\\s*num_ctx\\s+(\\d{1,9})\\s*$");

    static ModelCard of(JsonNode root) {
        Map<String, Object> info = new LinkedHashMap<>();
        root.path("model_info").forEachEntry((key, value) -> value(value).ifPresent(it -> info.put(key, it)));
        Optional<String> parameters = text(root, "parameters");
        String template = root.path("template").asString("");
        return new ModelCard(
                capabilities(root, info, template),
                template,
                text(root, "system"),
                text(root, "license"),
                parameters,
                text(root, "modelfile"),
                numCtx(parameters.orElse("")),
                info,
                tensors(root));
    }

    OptionalInt contextLength() {
        return integer("context_length");
    }

    OptionalInt embeddingLength() {
        return integer("embedding_length");
    }

    /** A number under the key of the model's architecture. */
    OptionalInt integer(String key) {
        OptionalLong value = number(info.get(info.getOrDefault("general.architecture", "") + "." + key));
        return value.isPresent()
                ? OptionalInt.of(Math.clamp(value.getAsLong(), 0, Integer.MAX_VALUE))
                : OptionalInt.empty();
    }

    /** A number, or one a layer, under the key of the model's architecture; empty when the key is absent. */
    List<Long> numbers(String key) {
        Object value = info.get(info.getOrDefault("general.architecture", "") + "." + key);
        if (value instanceof List<?> list) {
            List<Long> numbers = new ArrayList<>();
            for (Object item : list) {
                numbers.add(number(item).orElse(0));
            }
            return numbers;
        }
        return number(value).stream().boxed().toList();
    }

    private static OptionalLong number(@org.jspecify.annotations.Nullable Object value) {
        return switch (value) {
            case Long whole -> OptionalLong.of(whole);
            case Double number -> OptionalLong.of(number.longValue());
            case null, default -> OptionalLong.empty();
        };
    }

    private static OptionalInt numCtx(String parameters) {
        Matcher matcher = NUM_CTX.matcher(parameters);
        return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    private static Optional<String> text(JsonNode root, String field) {
        return Optional.of(root.path(field).asString("")).filter(text -> !text.isEmpty());
    }

    /** Ollama leaves out the values of long lists by sending null; then the key is left out here. */
    private static Optional<Object> value(JsonNode node) {
        if (node.isArray()) {
            List<Object> items = new ArrayList<>();
            node.forEach(item -> value(item).ifPresent(items::add));
            return Optional.of(items);
        }
        if (node.isString()) {
            return Optional.of(node.asString());
        }
        if (node.isBoolean()) {
            return Optional.of(node.asBoolean());
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return Optional.of(node.asLong());
        }
        return node.isNumber() ? Optional.of(node.asDouble()) : Optional.empty();
    }

    /** Versions before 0.6.4 list no capabilities; what they can do shows in the metadata and in the template. */
    private static Set<Capability> capabilities(JsonNode root, Map<String, Object> info, String template) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        for (JsonNode name : root.path("capabilities")) {
            for (Capability capability : Capability.values()) {
                if (capability.wireName().equals(name.asString("").toLowerCase(Locale.ROOT))) {
                    capabilities.add(capability);
                }
            }
        }
        if (capabilities.isEmpty()) {
            boolean pooled = info.keySet().stream().anyMatch(key -> key.endsWith(".pooling_type"));
            capabilities.add(pooled ? Capability.EMBEDDING : Capability.COMPLETION);
            if (template.contains(".Tools")) {
                capabilities.add(Capability.TOOLS);
            }
            if (template.contains(".Suffix")) {
                capabilities.add(Capability.INSERT);
            }
            if (!root.path("projector_info").isEmpty()) {
                capabilities.add(Capability.VISION);
            }
        }
        return capabilities;
    }

    private static List<TensorInfo> tensors(JsonNode root) {
        List<TensorInfo> tensors = new ArrayList<>();
        for (JsonNode tensor : root.path("tensors")) {
            List<Long> shape = new ArrayList<>();
            tensor.path("shape").forEach(length -> shape.add(length.asLong(0)));
            tensors.add(new TensorInfo(
                    tensor.path("name").asString(""), tensor.path("type").asString(""), shape));
        }
        return tensors;
    }
}
