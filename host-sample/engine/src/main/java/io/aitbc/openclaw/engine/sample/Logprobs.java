package io.aitbc.openclaw.engine.sample;

import io.aitbc.openclaw.api.inference.TokenLogprob;
import io.aitbc.openclaw.engine.token.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** Natural-log probabilities of tokens under the model's own distribution, before any sampling option. */
public final class Logprobs {
    private final Tokenizer tokenizer;

    public Logprobs(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** The probability of a token and those of the most probable alternatives. */
    public TokenLogprob of(float[] logits, int token, int alternatives) {
        double normalizer = normalizer(logits);
        List<TokenLogprob> top = new ArrayList<>();
        for (int other : highest(logits, alternatives)) {
            top.add(entry(other, logits[other] - normalizer, List.of()));
        }
        return entry(token, logits[token] - normalizer, top);
    }

    private TokenLogprob entry(int token, double logprob, List<TokenLogprob> top) {
        byte[] bytes = tokenizer.bytes(token);
        List<Integer> values = new ArrayList<>(bytes.length);
        for (byte value : bytes) {
            values.add(value & 0xff);
        }
        return new TokenLogprob(new String(bytes, StandardCharsets.UTF_8), logprob, values, top);
    }

    private static double normalizer(float[] logits) {
        float highest = Float.NEGATIVE_INFINITY;
        for (float logit : logits) {
            highest = Math.max(highest, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - highest);
        }
        return highest + Math.log(sum);
    }

    private static List<Integer> highest(float[] logits, int count) {
        PriorityQueue<Integer> queue = new PriorityQueue<>((a, b) -> Float.compare(logits[a], logits[b]));
        for (int token = 0; token < logits.length && count > 0; token++) {
            if (queue.size() < count) {
                queue.add(token);
            } else if (logits[token] > logits[queue.element()]) {
                queue.remove();
                queue.add(token);
            }
        }
        List<Integer> best = new ArrayList<>();
        while (!queue.isEmpty()) {
            best.addFirst(queue.remove());
        }
        return best;
    }
}
