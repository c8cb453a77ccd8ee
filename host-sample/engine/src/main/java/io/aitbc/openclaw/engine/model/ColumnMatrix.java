package io.aitbc.openclaw.engine.model;

import java.util.Arrays;

/**
 * Floats with one array for each column. The product is a sum of scaled columns: unlike a dot product this needs no
 * reordering of additions, so the compiler turns the plain loop into vector instructions. All arrays are indexed alike
 * because the compiler gives up when it cannot tell whether two differently indexed arrays are the same.
 */
final class ColumnMatrix implements Matrix {
    private final int rows;
    private final float[][] columns;

    ColumnMatrix(WeightRows weights) {
        rows = weights.rows();
        columns = new float[weights.columns()][rows];
        float[] row = new float[weights.columns()];
        for (int r = 0; r < rows; r++) {
            weights.row(r, row);
            for (int c = 0; c < columns.length; c++) {
                columns[c][r] = row[c];
            }
        }
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns.length;
    }

    @Override
    public void multiply(float[][] in, float[][] out, int batch) {
        for (int t = 0; t < batch; t++) {
            Arrays.fill(out[t], 0, rows, 0f);
        }
        int c = 0;
        for (; c + 8 <= columns.length; c += 8) {
            for (int t = 0; t < batch; t++) {
                ScalarLoops.addEight(out[t], rows, columns, c, in[t], c);
            }
        }
        for (; c < columns.length; c++) {
            for (int t = 0; t < batch; t++) {
                ScalarLoops.addOne(out[t], rows, columns[c], in[t][c]);
            }
        }
    }
}
