package io.aitbc.openclaw.engine;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceSettings;

/**
 * How long prompt and answer may be.
 *
 * @param contextLength tokens of prompt and answer that the model sees at once
 * @param mostTokens of the answer
 * @param keep tokens at the start that stay when the context slides
 * @param shift whether the context may slide
 */
record GenerationLimits(int contextLength, int mostTokens, int keep, boolean shift) {
    private static final int ENDLESS_FACTOR = 10;

    /** @param longest context the model was trained for */
    static GenerationLimits of(InferenceSettings settings, int defaultContext, int longest) {
        int context = context(settings.options(), defaultContext, longest);
        int predict = settings.options().numPredict().orElse(-1);
        int most = switch (predict) {
            case -2 -> context;
            default -> predict < 0 ? (int) Math.min(Integer.MAX_VALUE, (long) ENDLESS_FACTOR * context) : predict;
        };
        int keep = settings.options().integer("num_keep").orElse(4);
        return new GenerationLimits(context, most, keep < 0 ? context : keep, settings.shift() && predict != -2);
    }

    static int context(GenerationOptions options, int defaultContext, int longest) {
        int wanted = options.numCtx().orElse(defaultContext);
        if (wanted < 1) {
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST, "option \"num_ctx\" must be at least 1, not " + wanted);
        }
        return Math.min(wanted, longest);
    }
}
