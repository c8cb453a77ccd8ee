package io.aitbc.openclaw.engine;

import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.Placement;
import io.aitbc.openclaw.engine.chat.ChatTemplate;
import io.aitbc.openclaw.engine.gguf.GgufHeader;
import io.aitbc.openclaw.engine.gguf.GgufMetadata;
import io.aitbc.openclaw.engine.gguf.TensorInfo;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A model on disk under a name.
 *
 * @param digest SHA-256 of the file, when it is known
 * @param system prompt that is used when a request has none
 * @param parameters options that are used when a request does not set them
 */
record StoredModel(
        String name,
        Path file,
        GgufHeader header,
        Optional<String> digest,
        long bytes,
        Instant modifiedAt,
        Optional<String> system,
        Optional<String> license,
        GenerationOptions parameters) {

    GgufMetadata metadata() {
        return header.metadata();
    }

    int contextLength() {
        return metadata().requiredInteger("llama.context_length", 1, 1 << 24);
    }

    boolean embeds() {
        return metadata().integer("llama.pooling_type", 0, 4).orElse(0) != 0;
    }

    String template() {
        return metadata().text("tokenizer.chat_template").orElse("");
    }

    Set<Capability> capabilities() {
        if (embeds()) {
            return Set.of(Capability.EMBEDDING);
        }
        EnumSet<Capability> capabilities = EnumSet.of(Capability.COMPLETION);
        if (ChatTemplate.of(template()).knowsTools()) {
            capabilities.add(Capability.TOOLS);
        }
        return capabilities;
    }

    ModelDescriptor descriptor() {
        return new ModelDescriptor(
                name,
                EmbeddedEngine.ID,
                Placement.LOCAL,
                capabilities(),
                OptionalInt.of(contextLength()),
                OptionalLong.of(bytes),
                digest,
                Optional.of(modifiedAt),
                Optional.of("gguf"),
                metadata().text("general.architecture"),
                Optional.of(humanCount(parameterCount())),
                quantization(),
                metadata().integer("llama.embedding_length", 1, Integer.MAX_VALUE),
                List.of());
    }

    private long parameterCount() {
        return header.tensors().stream().mapToLong(TensorInfo::elements).sum();
    }

    private Optional<String> quantization() {
        OptionalInt type = metadata().integer("general.file_type", 0, 1024);
        if (type.isEmpty()) {
            return Optional.empty();
        }
        return switch (type.getAsInt()) {
            case 0 -> Optional.of("F32");
            case 1 -> Optional.of("F16");
            case 7 -> Optional.of("Q8_0");
            default -> Optional.empty();
        };
    }

    /** As Ollama writes it: {@code 2.83M}, {@code 8.0B}. */
    static String humanCount(long count) {
        if (count >= 1_000_000_000) {
            return String.format(Locale.ROOT, "%.1fB", count / 1e9);
        }
        if (count >= 1_000_000) {
            return String.format(Locale.ROOT, count % 1_000_000 == 0 ? "%.0fM" : "%.2fM", count / 1e6);
        }
        return count >= 1_000 ? String.format(Locale.ROOT, "%.0fK", count / 1e3) : Long.toString(count);
    }
}
