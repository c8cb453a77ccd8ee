package io.aitbc.openclaw.engine.model;

import java.util.Arrays;

/**
 * Keys and values of the tokens evaluated so far: for each layer one array per dimension, indexed by position, so that the
 * loops over positions are the inner ones. Grows with the tokens, up to the context length.
 */
final class KeyValueCache {
    private static final int FIRST_POSITIONS = 64;

    final float[][][] keys;
    final float[][][] values;
    private final int limit;
    private int capacity;
    private int length;

    KeyValueCache(LlamaShape shape, int limit) {
        this.limit = limit;
        capacity = Math.min(limit, FIRST_POSITIONS);
        keys = new float[shape.layers()][shape.kvWidth()][capacity];
        values = new float[shape.layers()][shape.kvWidth()][capacity];
    }

    /** Tokens in it. */
    int length() {
        return length;
    }

    int limit() {
        return limit;
    }

    /** Makes room for more tokens. */
    void reserve(int more) {
        int needed = length + more;
        if (needed > limit) {
            throw new IllegalStateException("%d tokens do not fit a context of %d".formatted(needed, limit));
        }
        if (needed <= capacity) {
            return;
        }
        capacity = (int) Math.min(limit, Math.max(needed, capacity * 2L));
        grow(keys);
        grow(values);
    }

    private void grow(float[][][] layers) {
        for (float[][] layer : layers) {
            for (int d = 0; d < layer.length; d++) {
                layer[d] = Arrays.copyOf(layer[d], capacity);
            }
        }
    }

    void store(int layer, int position, float[] key, float[] value) {
        float[][] keyRows = keys[layer];
        float[][] valueRows = values[layer];
        for (int d = 0; d < keyRows.length; d++) {
            keyRows[d][position] = key[d];
            valueRows[d][position] = value[d];
        }
    }

    void advance(int tokens) {
        length += tokens;
    }

    /** Forgets all tokens from a position on. */
    void truncate(int position) {
        length = Math.min(length, position);
    }

    /** Forgets the tokens from {@code from} up to {@code to}; later ones move to the front and are rotated back. */
    void remove(int from, int to, Rotation rotation, LlamaShape shape) {
        for (int layer = 0; layer < keys.length; layer++) {
            close(keys[layer], from, to);
            close(values[layer], from, to);
            rotation.back(keys[layer], shape.kvHeads(), shape.headSize(), from, length - (to - from), to - from);
        }
        length -= to - from;
    }

    private void close(float[][] rows, int from, int to) {
        for (float[] row : rows) {
            System.arraycopy(row, to, row, from, length - to);
        }
    }
}
