package io.aitbc.openclaw.api.inference;

import java.time.Duration;
import java.util.List;

/**
 * Vectors in the order of the inputs, each of length 1 (L2).
 *
 * @param promptTokens tokens of all inputs together
 */
public record Embeddings(List<float[]> vectors, int promptTokens, Duration total, Duration load) {
    public Embeddings {
        vectors = List.copyOf(vectors);
    }
}
