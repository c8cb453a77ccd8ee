package io.aitbc.openclaw.api.proof;

import java.time.Duration;
import java.util.Optional;

/**
 * A proof to make.
 *
 * @param circuit name of one of {@link ProofGenerator#circuits()}
 * @param input secret
 * @param timeLimit from the moment it is taken from the queue; the generator's own when empty, and never longer than that
 */
public record ProofRequest(String circuit, ProofInput input, Optional<Duration> timeLimit) {
    public ProofRequest {
        if (timeLimit.isPresent() && !timeLimit.get().isPositive()) {
            throw new IllegalArgumentException("the time limit of a proof must be positive");
        }
    }

    public ProofRequest(String circuit, ProofInput input) {
        this(circuit, input, Optional.empty());
    }
}
