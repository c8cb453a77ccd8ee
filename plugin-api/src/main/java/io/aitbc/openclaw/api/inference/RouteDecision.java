package io.aitbc.openclaw.api.inference;

import java.util.List;

/**
 * Where an answer came from, and why.
 *
 * @param strategy what was planned
 * @param reason one line for people
 * @param provider {@link InferenceProvider#id()} that answered
 * @param model name at that provider
 * @param failedAttempts one line for each provider that failed before, oldest first
 */
public record RouteDecision(
        RouteStrategy strategy, String reason, String provider, String model, List<String> failedAttempts) {
    public RouteDecision {
        failedAttempts = List.copyOf(failedAttempts);
    }
}
