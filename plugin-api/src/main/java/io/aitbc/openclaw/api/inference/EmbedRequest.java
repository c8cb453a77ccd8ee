package io.aitbc.openclaw.api.inference;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Texts to embed.
 *
 * @param truncate whether texts longer than the context are cut; otherwise they are an error
 * @param dimensions length the vectors are cut to before they are normalised
 */
public record EmbedRequest(
        String model,
        List<String> inputs,
        boolean truncate,
        OptionalInt dimensions,
        GenerationOptions options,
        Optional<Duration> keepAlive,
        RequestContext context) {
    public EmbedRequest {
        inputs = List.copyOf(inputs);
    }

    public EmbedRequest withModel(String other) {
        return new EmbedRequest(other, inputs, truncate, dimensions, options, keepAlive, context);
    }
}
