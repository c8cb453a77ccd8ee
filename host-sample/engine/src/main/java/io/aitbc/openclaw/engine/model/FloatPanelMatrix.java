package io.aitbc.openclaw.engine.model;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Floats in panels of as many rows as two vectors have lanes. Inside a panel the weights of one column lie together: each is
 * multiplied with the same input, and no sum has to be taken across lanes.
 */
final class FloatPanelMatrix implements Matrix {
    private static final VectorSpecies<Float> FLOATS = VectorArithmetic.FLOATS;
    private static final int LANES = FLOATS.length();
    private static final int PANEL = 2 * LANES;

    private final int rows;
    private final int columns;
    private final float[][] panels;

    FloatPanelMatrix(WeightRows weights) {
        rows = weights.rows();
        columns = weights.columns();
        panels = new float[(rows + PANEL - 1) / PANEL][columns * PANEL];
        float[] row = new float[columns];
        for (int r = 0; r < rows; r++) {
            weights.row(r, row);
            float[] panel = panels[r / PANEL];
            for (int c = 0; c < columns; c++) {
                panel[c * PANEL + r % PANEL] = row[c];
            }
        }
    }

    static long bytes(WeightRows weights) {
        return (weights.rows() + PANEL - 1L) / PANEL * PANEL * weights.columns() * Float.BYTES;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public void multiply(float[][] in, float[][] out, int batch) {
        float[] tail = new float[PANEL];
        for (int p = 0; p < panels.length; p++) {
            int row = p * PANEL;
            for (int t = 0; t < batch; t++) {
                if (row + PANEL <= rows) {
                    panel(panels[p], columns, in[t], out[t], row);
                } else {
                    panel(panels[p], columns, in[t], tail, 0);
                    System.arraycopy(tail, 0, out[t], row, rows - row);
                }
            }
        }
    }

    private static void panel(float[] panel, int columns, float[] in, float[] out, int row) {
        FloatVector s0 = FloatVector.zero(FLOATS);
        FloatVector s1 = s0;
        for (int c = 0; c < columns; c++) {
            FloatVector x = FloatVector.broadcast(FLOATS, in[c]);
            s0 = FloatVector.fromArray(FLOATS, panel, c * PANEL).fma(x, s0);
            s1 = FloatVector.fromArray(FLOATS, panel, c * PANEL + LANES).fma(x, s1);
        }
        s0.intoArray(out, row);
        s1.intoArray(out, row + LANES);
    }
}
