package io.aitbc.openclaw.engine.sample;

import io.aitbc.openclaw.engine.token.TokenList;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Chooses the next token in the order llama.cpp has: penalties, top-k, typical, top-p, min-p, temperature. Not for several
 * threads.
 */
public final class Sampler {
    private final SamplerSettings settings;
    private final RandomGenerator random;
    private final Candidates candidates;

    public Sampler(SamplerSettings settings, int vocabulary, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
        this.candidates = new Candidates(vocabulary);
    }

    /** Lowers the logits of tokens that were there lately. */
    public void penalize(float[] logits, TokenList context) {
        if (!settings.penalizes()) {
            return;
        }
        int window = settings.repeatLastN() < 0 ? context.size() : Math.min(settings.repeatLastN(), context.size());
        Map<Integer, Integer> counts = new HashMap<>();
        for (int i = context.size() - window; i < context.size(); i++) {
            counts.merge(context.get(i), 1, Integer::sum);
        }
        counts.forEach((token, count) -> {
            float logit = logits[token];
            double scaled = logit > 0 ? logit / settings.repeatPenalty() : logit * settings.repeatPenalty();
            logits[token] = (float) (scaled - count * settings.frequencyPenalty() - settings.presencePenalty());
        });
    }

    /**
     * Chooses a token.
     *
     * @param logits negative infinity for tokens that may not come; at least one is finite
     */
    public int choose(float[] logits) {
        if (settings.greedy()) {
            return highest(logits);
        }
        int most = settings.topK() > 0 ? Math.min(settings.topK(), logits.length) : logits.length;
        candidates.select(logits, most);
        candidates.typical(settings.typicalP());
        candidates.topP(settings.topP());
        candidates.minP(settings.minP());
        return candidates.draw(settings.temperature(), random.nextDouble());
    }

    private static int highest(float[] logits) {
        int best = 0;
        for (int token = 1; token < logits.length; token++) {
            if (logits[token] > logits[best]) {
                best = token;
            }
        }
        return best;
    }
}
