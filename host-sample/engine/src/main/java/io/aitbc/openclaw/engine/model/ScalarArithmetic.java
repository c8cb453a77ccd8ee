package io.aitbc.openclaw.engine.model;

import java.util.Arrays;

/** Plain Java. */
final class ScalarArithmetic implements Arithmetic {
    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public Matrix pack(WeightRows weights) {
        return new ColumnMatrix(weights);
    }

    @Override
    public long packedBytes(WeightRows weights) {
        return weights.elements() * Float.BYTES + weights.columns() * 24L;
    }

    @Override
    public Matrix mapped(WeightRows weights) {
        return new MappedMatrix(weights, ScalarLoops::dot);
    }

    @Override
    public void scores(float[] query, int size, float[][] keys, int first, float[] scores, int positions, float scale) {
        Arrays.fill(scores, 0, positions, 0f);
        int d = 0;
        for (; d + 8 <= size; d += 8) {
            ScalarLoops.addEight(scores, positions, keys, first + d, query, d);
        }
        for (; d < size; d++) {
            ScalarLoops.addOne(scores, positions, keys[first + d], query[d]);
        }
        ScalarLoops.scale(scores, positions, scale);
    }

    @Override
    public void blend(float[] weights, int positions, float[][] values, int first, float[] out, int offset, int size) {
        for (int d = 0; d < size; d++) {
            out[offset + d] = ScalarLoops.dot(weights, values[first + d], positions);
        }
    }
}
