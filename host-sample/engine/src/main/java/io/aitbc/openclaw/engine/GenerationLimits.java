package io.aitbc.openclaw.engine;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

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

    /** Options that tune other engines and change no answer; this engine has nothing to tune there. */
    private static final Set<String> TUNING = Set.of(
            "num_batch",
            "num_gpu",
            "main_gpu",
            "num_thread",
            "use_mmap",
            "use_mlock",
            "low_vram",
            "f16_kv",
            "vocab_only",
            "numa");

    private static final Set<String> HONOURED = Set.of(
            "num_ctx",
            "num_keep",
            "num_predict",
            "seed",
            "temperature",
            "top_k",
            "top_p",
            "min_p",
            "typical_p",
            "repeat_last_n",
            "repeat_penalty",
            "presence_penalty",
            "frequency_penalty",
            "stop");

    private static final Set<String> OFF_WHEN_ZERO = Set.of("mirostat", "draft_num_predict");
    private static final Set<String> ONLY_WITH_MIROSTAT = Set.of("mirostat_tau", "mirostat_eta");

    /** @param longest context the model was trained for */
    static GenerationLimits of(InferenceSettings settings, int defaultContext, int longest) {
        refuseUnknown(settings.options());
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

    private static void refuseUnknown(GenerationOptions options) {
        for (Map.Entry<String, Object> option : options.values().entrySet()) {
            String name = option.getKey().toLowerCase(Locale.ROOT);
            boolean fine = HONOURED.contains(name)
                    || TUNING.contains(name)
                    || ONLY_WITH_MIROSTAT.contains(name)
                    || (OFF_WHEN_ZERO.contains(name) && options.integer(name).orElse(0) == 0);
            if (!fine) {
                throw new OpenClawException(
                        ErrorCode.UNSUPPORTED,
                        "the embedded engine does not support the option \"%s\"".formatted(option.getKey()));
            }
        }
    }
}
