package io.aitbc.openclaw.api.inference;

import java.time.Duration;
import java.util.Optional;

/**
 * What chat and generate share.
 *
 * @param format constraint on the answer
 * @param keepAlive how long the model stays loaded afterwards; negative: for ever; zero: unload at once; empty: the default
 * @param logprobs whether to report log probabilities of the tokens
 * @param topLogprobs how many alternatives a token, 0 to 20
 * @param truncate whether a prompt that is too long may lose its oldest messages
 * @param shift whether the context may slide when it fills up while generating
 */
public record InferenceSettings(
        GenerationOptions options,
        Optional<OutputFormat> format,
        Think think,
        Optional<Duration> keepAlive,
        boolean logprobs,
        int topLogprobs,
        boolean truncate,
        boolean shift) {
    private static final InferenceSettings DEFAULTS = new InferenceSettings(
            GenerationOptions.none(), Optional.empty(), Think.UNSET, Optional.empty(), false, 0, true, true);

    public static InferenceSettings defaults() {
        return DEFAULTS;
    }

    public static InferenceSettings of(GenerationOptions options) {
        return DEFAULTS.withOptions(options);
    }

    public InferenceSettings withOptions(GenerationOptions other) {
        return new InferenceSettings(other, format, think, keepAlive, logprobs, topLogprobs, truncate, shift);
    }
}
