package io.aitbc.openclaw.engine.model;

import io.aitbc.openclaw.engine.gguf.TensorType;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The Vector API. Loaded only where the module {@code jdk.incubator.vector} is there. */
final class VectorArithmetic implements Arithmetic {
    static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

    private static final int LANES = FLOATS.length();

    /** Bytes are widened to floats of four times the size, and the smallest vectors have 64 bits. */
    private static final boolean WIDE = FLOATS.vectorBitSize() >= 256;

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public Matrix pack(WeightRows weights) {
        return weights.type() == TensorType.Q8_0 && WIDE
                ? new QuantizedPanelMatrix(weights)
                : new FloatPanelMatrix(weights);
    }

    @Override
    public long packedBytes(WeightRows weights) {
        return weights.type() == TensorType.Q8_0 && WIDE
                ? QuantizedPanelMatrix.bytes(weights)
                : FloatPanelMatrix.bytes(weights);
    }

    @Override
    public Matrix mapped(WeightRows weights) {
        return new MappedMatrix(weights, VectorArithmetic::dot);
    }

    @Override
    public void scores(float[] query, int size, float[][] keys, int first, float[] scores, int positions, float scale) {
        int p = 0;
        for (; p + LANES <= positions; p += LANES) {
            FloatVector even = FloatVector.zero(FLOATS);
            FloatVector odd = FloatVector.zero(FLOATS);
            for (int d = 0; d < size; d += 2) {
                even = FloatVector.fromArray(FLOATS, keys[first + d], p)
                        .fma(FloatVector.broadcast(FLOATS, query[d]), even);
                odd = FloatVector.fromArray(FLOATS, keys[first + d + 1], p)
                        .fma(FloatVector.broadcast(FLOATS, query[d + 1]), odd);
            }
            even.add(odd).mul(scale).intoArray(scores, p);
        }
        for (; p < positions; p++) {
            float sum = 0;
            for (int d = 0; d < size; d++) {
                sum += query[d] * keys[first + d][p];
            }
            scores[p] = sum * scale;
        }
    }

    @Override
    public void blend(float[] weights, int positions, float[][] values, int first, float[] out, int offset, int size) {
        int d = 0;
        for (; d + 4 <= size; d += 4) {
            blendFour(weights, positions, values, first + d, out, offset + d);
        }
        for (; d < size; d++) {
            out[offset + d] = dot(weights, values[first + d], positions);
        }
    }

    private static void blendFour(
            float[] weights, int positions, float[][] values, int first, float[] out, int offset) {
        float[] v0 = values[first];
        float[] v1 = values[first + 1];
        float[] v2 = values[first + 2];
        float[] v3 = values[first + 3];
        FloatVector s0 = FloatVector.zero(FLOATS);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int p = 0;
        for (; p + LANES <= positions; p += LANES) {
            FloatVector weight = FloatVector.fromArray(FLOATS, weights, p);
            s0 = FloatVector.fromArray(FLOATS, v0, p).fma(weight, s0);
            s1 = FloatVector.fromArray(FLOATS, v1, p).fma(weight, s1);
            s2 = FloatVector.fromArray(FLOATS, v2, p).fma(weight, s2);
            s3 = FloatVector.fromArray(FLOATS, v3, p).fma(weight, s3);
        }
        float t0 = sum(s0);
        float t1 = sum(s1);
        float t2 = sum(s2);
        float t3 = sum(s3);
        for (; p < positions; p++) {
            t0 += weights[p] * v0[p];
            t1 += weights[p] * v1[p];
            t2 += weights[p] * v2[p];
            t3 += weights[p] * v3[p];
        }
        out[offset] = t0;
        out[offset + 1] = t1;
        out[offset + 2] = t2;
        out[offset + 3] = t3;
    }

    static float dot(float[] a, float[] b, int count) {
        FloatVector s0 = FloatVector.zero(FLOATS);
        FloatVector s1 = s0;
        int i = 0;
        for (; i + 2 * LANES <= count; i += 2 * LANES) {
            s0 = FloatVector.fromArray(FLOATS, a, i).fma(FloatVector.fromArray(FLOATS, b, i), s0);
            s1 = FloatVector.fromArray(FLOATS, a, i + LANES).fma(FloatVector.fromArray(FLOATS, b, i + LANES), s1);
        }
        float sum = sum(s0.add(s1));
        for (; i < count; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /**
     * Adds the lanes in a fixed order. {@code reduceLanes} may choose another order once a method is compiled, and answers
     * must not depend on that.
     */
    private static float sum(FloatVector vector) {
        float[] lanes = new float[LANES];
        vector.intoArray(lanes, 0);
        for (int half = LANES / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                lanes[i] += lanes[i + half];
            }
        }
        return lanes[0];
    }
}
