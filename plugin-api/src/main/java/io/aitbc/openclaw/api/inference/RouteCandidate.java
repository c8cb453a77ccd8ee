package io.aitbc.openclaw.api.inference;

import io.aitbc.openclaw.api.TokenAmount;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A provider that has the model.
 *
 * @param model name at that provider
 * @param memoryNeedBytes weights, context and compute buffers at the request's {@code num_ctx}; local candidates only
 * @param price the most it may cost
 * @param eligible whether it may be used for this request
 * @param note why, or why not; one line for people
 */
public record RouteCandidate(
        String provider,
        String model,
        Placement placement,
        OptionalLong memoryNeedBytes,
        Optional<TokenAmount> price,
        boolean eligible,
        String note) {}
