package io.aitbc.openclaw.engine.model;

/** A weight matrix that multiplies vectors. For any number of threads. */
interface Matrix {
    int rows();

    int columns();

    /**
     * Multiplies each of the first {@code batch} inputs; the result of each is the same whatever the batch is.
     *
     * @param in vectors of at least {@link #columns()}
     * @param out receives vectors of {@link #rows()}
     */
    void multiply(float[][] in, float[][] out, int batch);
}
