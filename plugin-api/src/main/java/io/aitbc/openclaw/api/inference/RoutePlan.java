package io.aitbc.openclaw.api.inference;

import java.util.List;

/**
 * What a router would do with a request.
 *
 * @param reason one line for people
 * @param candidates all that have the model; the eligible ones come first, in the order in which they are tried
 */
public record RoutePlan(RouteStrategy strategy, String reason, List<RouteCandidate> candidates) {
    public RoutePlan {
        candidates = List.copyOf(candidates);
    }
}
