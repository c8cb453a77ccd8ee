package io.aitbc.openclaw.engine.model;

/** The inner loops of inference. */
interface Arithmetic {
    /** {@code scalar} or {@code vector}. */
    String name();

    /** Copies the weights into the layout its loops want. */
    Matrix pack(WeightRows weights);

    /** Bytes that {@link #pack} takes. */
    long packedBytes(WeightRows weights);

    /** Multiplies straight from the mapped file. */
    Matrix mapped(WeightRows weights);

    /**
     * {@code scores[p] = scale * sum over d of query[d] * keys[first + d][p]} for the first {@code positions}.
     *
     * @param keys one array for each dimension
     */
    void scores(float[] query, int size, float[][] keys, int first, float[] scores, int positions, float scale);

    /** {@code out[d] = sum over p of weights[p] * values[first + d][p]} for the first {@code positions}. */
    void blend(float[] weights, int positions, float[][] values, int first, float[] out, int offset, int size);
}
