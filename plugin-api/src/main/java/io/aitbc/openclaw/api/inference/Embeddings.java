package io.aitbc.openclaw.api.inference;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Vectors in the order of the inputs, each of length 1 (L2).
 *
 * @param promptTokens tokens of all inputs together
 * @param job how a network computed them
 * @param route how they were routed; set by the router
 */
public record Embeddings(
        List<float[]> vectors,
        int promptTokens,
        Duration total,
        Duration load,
        Optional<JobRecord> job,
        Optional<RouteDecision> route) {
    public Embeddings {
        vectors = List.copyOf(vectors);
    }

    /** Vectors that no network computed. */
    public Embeddings(List<float[]> vectors, int promptTokens, Duration total, Duration load) {
        this(vectors, promptTokens, total, load, Optional.empty(), Optional.empty());
    }

    public Embeddings withRoute(RouteDecision decision) {
        return new Embeddings(vectors, promptTokens, total, load, job, Optional.of(decision));
    }
}
