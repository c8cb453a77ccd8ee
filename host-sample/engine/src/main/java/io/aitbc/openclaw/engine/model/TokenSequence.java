package io.aitbc.openclaw.engine.model;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * A text as the model sees it: tokens evaluated so far, with the state that continuing from them needs. Not for several
 * threads at a time.
 */
public final class TokenSequence {
    /** Tokens evaluated together, so that the weights are read once for all of them. */
    private static final int BATCH = 32;

    private final LlamaShape shape;
    private final LlamaWeights weights;
    private final Arithmetic arithmetic;
    private final KeyValueCache cache;
    private final Rotation rotation;

    private final float[][] hidden;
    private final float[][] normed;
    private final float[][] queries;
    private final float[][] keys;
    private final float[][] values;
    private final float[][] attended;
    private final float[][] gates;
    private final float[][] ups;
    private final float[][] change;
    private final float[][] logits;
    private final float[] head;
    private float[] scores = new float[0];

    TokenSequence(LlamaShape shape, LlamaWeights weights, Arithmetic arithmetic, int contextLength) {
        this.shape = shape;
        this.weights = weights;
        this.arithmetic = arithmetic;
        cache = new KeyValueCache(shape, contextLength);
        rotation = new Rotation(shape, weights.ropeFactors());
        int batch = Math.min(BATCH, contextLength);
        int queryWidth = shape.heads() * shape.headSize();
        hidden = new float[batch][shape.width()];
        normed = new float[batch][shape.width()];
        queries = new float[batch][queryWidth];
        keys = new float[batch][shape.kvWidth()];
        values = new float[batch][shape.kvWidth()];
        attended = new float[batch][queryWidth];
        gates = new float[batch][shape.hidden()];
        ups = new float[batch][shape.hidden()];
        change = new float[batch][shape.width()];
        logits = new float[1][shape.vocabulary()];
        head = new float[shape.headSize()];
    }

    /** Tokens evaluated. */
    public int length() {
        return cache.length();
    }

    /** Most tokens it can hold. */
    public int contextLength() {
        return cache.limit();
    }

    /** Forgets all tokens from a position on. */
    public void truncate(int position) {
        cache.truncate(position);
    }

    /** Forgets the tokens from {@code from} up to {@code to}; later ones take their places. */
    public void remove(int from, int to) {
        cache.remove(from, to, rotation, shape);
    }

    /**
     * Evaluates more tokens.
     *
     * @param canceled asked between layers
     * @return logits of the token after the last one; overwritten by the next call
     * @throws CancellationException when canceled; the sequence is as before the batch that was interrupted
     */
    public float[] evaluate(int[] tokens, int from, int to, BooleanSupplier canceled) {
        int last = 0;
        for (int start = from; start < to; start += hidden.length) {
            int batch = Math.min(hidden.length, to - start);
            layers(tokens, start, batch, canceled);
            last = batch - 1;
        }
        normalize(hidden[last], weights.outputNorm(), normed[0]);
        weights.output().multiply(normed, logits, 1);
        return logits[0];
    }

    /** Evaluates tokens and returns the mean of their final hidden states. */
    public float[] meanState(int[] tokens, BooleanSupplier canceled) {
        float[] mean = new float[shape.width()];
        for (int start = 0; start < tokens.length; start += hidden.length) {
            int batch = Math.min(hidden.length, tokens.length - start);
            layers(tokens, start, batch, canceled);
            for (int t = 0; t < batch; t++) {
                normalize(hidden[t], weights.outputNorm(), normed[t]);
                add(mean, normed[t]);
            }
        }
        ScalarLoops.scale(mean, mean.length, 1f / tokens.length);
        return mean;
    }

    private void layers(int[] tokens, int start, int batch, BooleanSupplier canceled) {
        cache.reserve(batch);
        for (int t = 0; t < batch; t++) {
            weights.embedding().row(tokens[start + t], hidden[t]);
        }
        for (int layer = 0; layer < shape.layers(); layer++) {
            if (canceled.getAsBoolean()) {
                throw new CancellationException();
            }
            attention(layer, batch);
            feedForward(weights.layers().get(layer), batch);
        }
        cache.advance(batch);
    }

    private void attention(int index, int batch) {
        LlamaWeights.Layer layer = weights.layers().get(index);
        for (int t = 0; t < batch; t++) {
            normalize(hidden[t], layer.attentionNorm(), normed[t]);
        }
        layer.query().multiply(normed, queries, batch);
        layer.key().multiply(normed, keys, batch);
        layer.value().multiply(normed, values, batch);
        for (int t = 0; t < batch; t++) {
            int position = cache.length() + t;
            rotation.apply(queries[t], shape.heads(), shape.headSize(), position);
            rotation.apply(keys[t], shape.kvHeads(), shape.headSize(), position);
            cache.store(index, position, keys[t], values[t]);
            attend(index, queries[t], attended[t], position + 1);
        }
        layer.attentionOutput().multiply(attended, change, batch);
        addChange(batch);
    }

    private void attend(int layer, float[] query, float[] out, int positions) {
        if (scores.length < positions) {
            scores = new float[Math.min(cache.limit(), positions * 2)];
        }
        int size = shape.headSize();
        int sharing = shape.heads() / shape.kvHeads();
        float scale = (float) (1 / Math.sqrt(size));
        for (int h = 0; h < shape.heads(); h++) {
            int first = h / sharing * size;
            System.arraycopy(query, h * size, head, 0, size);
            arithmetic.scores(head, size, cache.keys[layer], first, scores, positions, scale);
            softmax(scores, positions);
            arithmetic.blend(scores, positions, cache.values[layer], first, out, h * size, size);
        }
    }

    private void feedForward(LlamaWeights.Layer layer, int batch) {
        for (int t = 0; t < batch; t++) {
            normalize(hidden[t], layer.feedForwardNorm(), normed[t]);
        }
        layer.gate().multiply(normed, gates, batch);
        layer.up().multiply(normed, ups, batch);
        for (int t = 0; t < batch; t++) {
            float[] gate = gates[t];
            float[] up = ups[t];
            for (int i = 0; i < gate.length; i++) {
                gate[i] = FastMath.silu(gate[i]) * up[i];
            }
        }
        layer.down().multiply(gates, change, batch);
        addChange(batch);
    }

    private void addChange(int batch) {
        for (int t = 0; t < batch; t++) {
            add(hidden[t], change[t]);
        }
    }

    private static void add(float[] to, float[] what) {
        for (int i = 0; i < to.length; i++) {
            to[i] += what[i];
        }
    }

    private void normalize(float[] in, float[] weight, float[] out) {
        float factor = (float) (1 / Math.sqrt(ScalarLoops.dot(in, in, in.length) / in.length + shape.epsilon()));
        for (int i = 0; i < in.length; i++) {
            out[i] = in[i] * factor * weight[i];
        }
    }

    private static void softmax(float[] values, int count) {
        float highest = values[0];
        for (int i = 1; i < count; i++) {
            highest = Math.max(highest, values[i]);
        }
        float sum = 0;
        for (int i = 0; i < count; i++) {
            values[i] = FastMath.exp(values[i] - highest);
            sum += values[i];
        }
        ScalarLoops.scale(values, count, 1 / sum);
    }
}
