package io.aitbc.openclaw.api.inference;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One row of a catalogue. What the provider does not know stays empty; nothing is invented.
 *
 * @param name as clients use it: {@code llama3.2:1b} locally, {@code aitbc/llama3.2:1b} on a network; always with a tag
 * @param providerId {@link InferenceProvider#id()}
 * @param placement where it runs
 * @param capabilities never empty
 * @param contextLength longest context in tokens
 * @param sizeBytes size of the weights on disk
 * @param digest SHA-256 of the model, 64 hexadecimal digits
 * @param modifiedAt when the model or its offer last changed
 * @param format {@code gguf}
 * @param family architecture, {@code llama}
 * @param parameterSize {@code 8.0B}
 * @param quantization {@code Q4_K_M}
 * @param embeddingLength width of the hidden state
 * @param offers who sells it, empty for local models
 */
public record ModelDescriptor(
        String name,
        String providerId,
        Placement placement,
        Set<Capability> capabilities,
        OptionalInt contextLength,
        OptionalLong sizeBytes,
        Optional<String> digest,
        Optional<Instant> modifiedAt,
        Optional<String> format,
        Optional<String> family,
        Optional<String> parameterSize,
        Optional<String> quantization,
        OptionalInt embeddingLength,
        List<ModelOffer> offers) {
    public ModelDescriptor {
        capabilities = Set.copyOf(capabilities);
        offers = List.copyOf(offers);
    }

    public boolean can(Capability capability) {
        return capabilities.contains(capability);
    }
}
