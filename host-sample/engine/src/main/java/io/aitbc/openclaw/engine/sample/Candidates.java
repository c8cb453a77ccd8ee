package io.aitbc.openclaw.engine.sample;

/** Tokens that may come next, with logits and probabilities; the filters of a sampler shorten the list. */
final class Candidates {
    private final int[] tokens;
    private final float[] logits;
    private final double[] probabilities;
    private int size;

    Candidates(int vocabulary) {
        tokens = new int[vocabulary];
        logits = new float[vocabulary];
        probabilities = new double[vocabulary];
    }

    int size() {
        return size;
    }

    /** Takes the {@code most} tokens with the highest logits, highest first; tokens with an infinite negative logit never. */
    void select(float[] all, int most) {
        size = 0;
        for (int token = 0; token < all.length; token++) {
            float logit = all[token];
            if (logit == Float.NEGATIVE_INFINITY || (size == most && logit <= logits[0])) {
                continue;
            }
            if (size < most) {
                tokens[size] = token;
                logits[size] = logit;
                siftUp(size++);
            } else {
                tokens[0] = token;
                logits[0] = logit;
                siftDown(0, size);
            }
        }
        for (int end = size - 1; end > 0; end--) {
            swap(0, end);
            siftDown(0, end);
        }
    }

    /** Keeps the most probable tokens that together reach a probability, at least one. */
    void topP(double mass) {
        if (mass >= 1) {
            return;
        }
        softmax(1);
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += probabilities[i];
            if (sum >= mass) {
                size = i + 1;
                return;
            }
        }
    }

    /** Keeps tokens at least so probable, relative to the first. */
    void minP(double share) {
        if (share <= 0) {
            return;
        }
        double least = logits[0] + Math.log(share);
        int kept = 1;
        while (kept < size && logits[kept] >= least) {
            kept++;
        }
        size = kept;
    }

    /** Keeps the tokens whose surprise is nearest to the expected one, until they reach a probability. */
    void typical(double mass) {
        if (mass >= 1) {
            return;
        }
        softmax(1);
        double entropy = 0;
        for (int i = 0; i < size; i++) {
            entropy -= probabilities[i] > 0 ? probabilities[i] * Math.log(probabilities[i]) : 0;
        }
        double expected = entropy;
        Integer[] order = new Integer[size];
        java.util.Arrays.setAll(order, i -> i);
        java.util.Arrays.sort(
                order, java.util.Comparator.comparingDouble(i -> Math.abs(-Math.log(probabilities[i]) - expected)));
        boolean[] keep = new boolean[size];
        double sum = 0;
        for (int i = 0; i < size && sum < mass; i++) {
            keep[order[i]] = true;
            sum += probabilities[order[i]];
        }
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (keep[i]) {
                tokens[kept] = tokens[i];
                logits[kept++] = logits[i];
            }
        }
        size = kept;
    }

    /** Draws a token with a random number from 0 to below 1. */
    int draw(double temperature, double uniform) {
        softmax(temperature);
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += probabilities[i];
            if (uniform < sum) {
                return tokens[i];
            }
        }
        return tokens[size - 1];
    }

    private void softmax(double temperature) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            probabilities[i] = Math.exp((logits[i] - logits[0]) / temperature);
            sum += probabilities[i];
        }
        for (int i = 0; i < size; i++) {
            probabilities[i] /= sum;
        }
    }

    /** A heap whose first element has the lowest logit; of equals the higher token is lower. */
    private boolean below(int a, int b) {
        return logits[a] < logits[b] || (logits[a] == logits[b] && tokens[a] > tokens[b]);
    }

    private void siftUp(int from) {
        int at = from;
        while (at > 0 && below(at, (at - 1) / 2)) {
            swap(at, (at - 1) / 2);
            at = (at - 1) / 2;
        }
    }

    private void siftDown(int from, int end) {
        int at = from;
        while (true) {
            int child = 2 * at + 1;
            if (child >= end) {
                return;
            }
            if (child + 1 < end && below(child + 1, child)) {
                child++;
            }
            if (!below(child, at)) {
                return;
            }
            swap(at, child);
            at = child;
        }
    }

    private void swap(int a, int b) {
        int token = tokens[a];
        float logit = logits[a];
        tokens[a] = tokens[b];
        logits[a] = logits[b];
        tokens[b] = token;
        logits[b] = logit;
    }
}
