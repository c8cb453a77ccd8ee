package io.aitbc.openclaw.engine.model;

/** Converts a row at a time from the mapped file: slower, but the weights take no heap. */
final class MappedMatrix implements Matrix {
    private final WeightRows weights;
    private final Dot dot;

    /** Sum of the products of the first {@code count} elements. */
    interface Dot {
        float of(float[] a, float[] b, int count);
    }

    MappedMatrix(WeightRows weights, Dot dot) {
        this.weights = weights;
        this.dot = dot;
    }

    @Override
    public int rows() {
        return weights.rows();
    }

    @Override
    public int columns() {
        return weights.columns();
    }

    @Override
    public void multiply(float[][] in, float[][] out, int batch) {
        float[] row = new float[weights.columns()];
        for (int r = 0; r < weights.rows(); r++) {
            weights.row(r, row);
            for (int t = 0; t < batch; t++) {
                out[t][r] = dot.of(row, in[t], row.length);
            }
        }
    }
}
