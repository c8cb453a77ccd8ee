package io.aitbc.openclaw.engine.sample;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.GenerationOptions;

/**
 * How to choose among the tokens, with Ollama's names and defaults.
 *
 * @param temperature zero: always the most probable token
 * @param topK how many of the most probable tokens stay; zero or less: all
 * @param topP least probability that the tokens that stay have together
 * @param minP least probability relative to the most probable token
 * @param typicalP mass of the most typical tokens that stay; 1: all
 * @param repeatLastN how many tokens back penalties look; negative: the whole context
 */
public record SamplerSettings(
        double temperature,
        int topK,
        double topP,
        double minP,
        double typicalP,
        double repeatPenalty,
        double presencePenalty,
        double frequencyPenalty,
        int repeatLastN) {

    /** @throws OpenClawException when a value is out of range */
    public SamplerSettings {
        require(Double.isFinite(temperature), "temperature", temperature);
        require(topP >= 0 && topP <= 1, "top_p", topP);
        require(minP >= 0 && minP <= 1, "min_p", minP);
        require(typicalP > 0 && typicalP <= 1, "typical_p", typicalP);
        require(repeatPenalty > 0 && Double.isFinite(repeatPenalty), "repeat_penalty", repeatPenalty);
        require(Double.isFinite(presencePenalty), "presence_penalty", presencePenalty);
        require(Double.isFinite(frequencyPenalty), "frequency_penalty", frequencyPenalty);
    }

    public static SamplerSettings of(GenerationOptions options) {
        return new SamplerSettings(
                options.temperature().orElse(0.8),
                options.topK().orElse(40),
                options.topP().orElse(0.9),
                options.minP().orElse(0),
                options.number("typical_p").orElse(1),
                options.repeatPenalty().orElse(1),
                options.presencePenalty().orElse(0),
                options.frequencyPenalty().orElse(0),
                options.repeatLastN().orElse(64));
    }

    boolean greedy() {
        return temperature <= 0;
    }

    boolean penalizes() {
        return repeatLastN != 0 && (repeatPenalty != 1 || presencePenalty != 0 || frequencyPenalty != 0);
    }

    private static void require(boolean holds, String option, double value) {
        if (!holds) {
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST, "option \"%s\" cannot be %s".formatted(option, value));
        }
    }
}
