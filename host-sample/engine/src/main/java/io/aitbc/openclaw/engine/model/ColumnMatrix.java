package io.aitbc.openclaw.engine.model;

import io.aitbc.openclaw.engine.gguf.TensorType;
import java.util.Arrays;

/**
 * Floats with one array for each column. The product is a sum of scaled columns: unlike a dot product this needs no
 * reordering of additions, so the compiler turns the plain loop into vector instructions. All arrays are indexed alike
 * because the compiler gives up when it cannot tell whether two differently indexed arrays are the same.
 */
final class ColumnMatrix implements Matrix {
    private static final int TILE_BYTES = 1 << 14;

    private final int rows;
    private final float[][] columns;

    ColumnMatrix(WeightRows weights) {
        rows = weights.rows();
        columns = new float[weights.columns()][rows];
        if (weights.type() == TensorType.Q8_0) {
            dequantize(weights);
        } else {
            transpose(weights);
        }
    }

    private void transpose(WeightRows weights) {
        float[] row = new float[columns.length];
        for (int r = 0; r < rows; r++) {
            weights.row(r, row);
            for (int c = 0; c < columns.length; c++) {
                columns[c][r] = row[c];
            }
        }
    }

    /** A tile of rows at a time, which the cache holds; a start of the host waits for this, in code that is hardly compiled yet. */
    private void dequantize(WeightRows weights) {
        int rowBytes = weights.rowBytes();
        int tile = Math.max(1, TILE_BYTES / rowBytes);
        float[] scales = new float[tile];
        for (int first = 0; first < rows; first += tile) {
            int count = Math.min(tile, rows - first);
            byte[] raw = weights.rawRows(first, count);
            for (int block = 0; block < columns.length / WeightRows.BLOCK; block++) {
                for (int r = 0; r < count; r++) {
                    scales[r] = WeightRows.scale(raw, r * rowBytes, block);
                }
                for (int c = block * WeightRows.BLOCK; c < (block + 1) * WeightRows.BLOCK; c++) {
                    scaled(columns[c], first, count, raw, WeightRows.quantumIndex(c), rowBytes, scales);
                }
            }
        }
    }

    private static void scaled(float[] out, int first, int count, byte[] raw, int from, int stride, float[] scales) {
        for (int r = 0; r < count; r++) {
            out[first + r] = scales[r] * raw[from + r * stride];
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
