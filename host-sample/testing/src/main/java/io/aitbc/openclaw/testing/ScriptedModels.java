package io.aitbc.openclaw.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The models of a scripted server, which of them are in memory, and what it says about them. */
final class ScriptedModels {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final Duration KEEP_ALIVE = Duration.ofMinutes(5);

    private final Map<String, ScriptedModel> models = new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);
    /** Models in memory or on their way; the moment their stay ends, or empty while they load. */
    private final Map<String, Optional<Instant>> memory = new ConcurrentHashMap<>();

    void add(ScriptedModel model) {
        models.put(model.name(), model);
    }

    void remove(String name) {
        find(name).ifPresent(model -> {
            models.remove(model.name());
            memory.remove(model.name());
        });
    }

    Optional<ScriptedModel> find(String name) {
        String tagged = name.indexOf(':', name.lastIndexOf('/') + 1) < 0 ? name + ":latest" : name;
        return Optional.ofNullable(models.get(tagged));
    }

    void resident(String name) {
        memory.put(name, Optional.of(Instant.now().plus(KEEP_ALIVE)));
    }

    void loading(String name) {
        memory.put(name, Optional.empty());
    }

    void absent(String name) {
        memory.remove(name);
    }

    String tags() {
        ObjectNode root = MAPPER.createObjectNode();
        ArrayNode rows = root.putArray("models");
        for (ScriptedModel model : models.values()) {
            ObjectNode row = identity(rows.addObject(), model);
            row.put("modified_at", "2026-09-01T10:00:00.123456789+02:00");
            model.capabilities().forEach(row.putArray("capabilities")::add);
        }
        return root.toString();
    }

    String ps() {
        ObjectNode root = MAPPER.createObjectNode();
        ArrayNode rows = root.putArray("models");
        memory.forEach((name, until) -> {
            ScriptedModel model = find(name).orElseGet(() -> ScriptedModel.chat(name));
            ObjectNode row = identity(rows.addObject(), model);
            // As Ollama does: what is still loading has no end yet, so it is counted from each question anew.
            row.put(
                    "expires_at",
                    until.orElseGet(() -> Instant.now().plus(KEEP_ALIVE)).toString());
            row.put("size_vram", 0L);
            row.put("context_length", Math.min(4096, model.contextLength()));
        });
        return root.toString();
    }

    String show(ScriptedModel model) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("license", "Apache License, Version 2.0");
        root.put("modelfile", "FROM " + model.name());
        root.put("parameters", "stop    \"<|im_end|>\"\ntemperature    0.7");
        root.put("template", "{{ if .Tools }}{{ .Tools }}{{ end }}{{ .Prompt }}");
        details(root.putObject("details"));
        ObjectNode info = root.putObject("model_info");
        info.put("general.architecture", "llama");
        info.put("general.parameter_count", 1_235_814_432L);
        info.put("llama.block_count", 16);
        info.put("llama.context_length", model.contextLength());
        info.put("llama.embedding_length", 2048);
        info.put("llama.attention.head_count", 32);
        info.put("llama.attention.head_count_kv", 8);
        info.put("llama.rope.freq_base", 500000.5);
        info.put("llama.vocab_size", 128256);
        info.putNull("tokenizer.ggml.tokens");
        ObjectNode tensor = root.putArray("tensors").addObject();
        tensor.put("name", "token_embd.weight").put("type", "Q8_0");
        tensor.putArray("shape").add(2048).add(128256);
        model.capabilities().forEach(root.putArray("capabilities")::add);
        root.put("modified_at", "2026-09-01T10:00:00.123456789+02:00");
        return root.toString();
    }

    private static ObjectNode identity(ObjectNode row, ScriptedModel model) {
        row.put("name", model.name()).put("model", model.name());
        row.put("size", model.sizeBytes()).put("digest", model.digest());
        details(row.putObject("details"));
        return row;
    }

    private static void details(ObjectNode details) {
        details.put("parent_model", "").put("format", "gguf").put("family", "llama");
        details.putArray("families").add("llama");
        details.put("parameter_size", "1.2B").put("quantization_level", "Q8_0");
    }
}
