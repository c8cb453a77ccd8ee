package io.aitbc.openclaw.engine.model;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Q8_0 weights in panels as {@link FloatPanelMatrix} has them, but as bytes with a scale for every 32 columns: a quarter of the
 * memory to read, which is what limits the speed.
 */
final class QuantizedPanelMatrix implements Matrix {
    private static final VectorSpecies<Float> FLOATS = VectorArithmetic.FLOATS;
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(FLOATS.vectorBitSize() / 4));
    private static final int LANES = FLOATS.length();
    private static final int PANEL = 2 * LANES;
    private static final int BLOCK = WeightRows.BLOCK;

    private final int rows;
    private final int columns;
    private final byte[][] panels;
    private final float[][] scales;

    QuantizedPanelMatrix(WeightRows weights) {
        rows = weights.rows();
        columns = weights.columns();
        int count = (rows + PANEL - 1) / PANEL;
        panels = new byte[count][columns * PANEL];
        scales = new float[count][columns / BLOCK * PANEL];
        for (int r = 0; r < rows; r++) {
            byte[] raw = weights.rawRow(r);
            byte[] panel = panels[r / PANEL];
            float[] scale = scales[r / PANEL];
            for (int block = 0; block < columns / BLOCK; block++) {
                scale[block * PANEL + r % PANEL] = WeightRows.scale(raw, 0, block);
            }
            for (int c = 0; c < columns; c++) {
                panel[c * PANEL + r % PANEL] = raw[WeightRows.quantumIndex(c)];
            }
        }
    }

    static long bytes(WeightRows weights) {
        long padded = (weights.rows() + PANEL - 1L) / PANEL * PANEL * weights.columns();
        return padded + padded / BLOCK * Float.BYTES;
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
        float[][] tails = new float[2][PANEL];
        for (int p = 0; p < panels.length; p++) {
            int row = p * PANEL;
            boolean whole = row + PANEL <= rows;
            int t = 0;
            for (; t + 2 <= batch; t += 2) {
                if (whole) {
                    panelForTwo(panels[p], scales[p], columns, in[t], in[t + 1], out[t], out[t + 1], row);
                } else {
                    panelForTwo(panels[p], scales[p], columns, in[t], in[t + 1], tails[0], tails[1], 0);
                    System.arraycopy(tails[0], 0, out[t], row, rows - row);
                    System.arraycopy(tails[1], 0, out[t + 1], row, rows - row);
                }
            }
            if (t < batch) {
                if (whole) {
                    panel(panels[p], scales[p], columns, in[t], out[t], row);
                } else {
                    panel(panels[p], scales[p], columns, in[t], tails[0], 0);
                    System.arraycopy(tails[0], 0, out[t], row, rows - row);
                }
            }
        }
    }

    private static void panel(byte[] panel, float[] scales, int columns, float[] in, float[] out, int row) {
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = sum0;
        for (int block = 0; block < columns / BLOCK; block++) {
            FloatVector s0 = FloatVector.zero(FLOATS);
            FloatVector s1 = s0;
            for (int c = block * BLOCK; c < block * BLOCK + BLOCK; c++) {
                FloatVector x = FloatVector.broadcast(FLOATS, in[c]);
                s0 = weights(panel, c * PANEL).fma(x, s0);
                s1 = weights(panel, c * PANEL + LANES).fma(x, s1);
            }
            sum0 = s0.fma(FloatVector.fromArray(FLOATS, scales, block * PANEL), sum0);
            sum1 = s1.fma(FloatVector.fromArray(FLOATS, scales, block * PANEL + LANES), sum1);
        }
        sum0.intoArray(out, row);
        sum1.intoArray(out, row + LANES);
    }

    /** Two inputs share the work of widening the weights. */
    private static void panelForTwo(
            byte[] panel, float[] scales, int columns, float[] inA, float[] inB, float[] outA, float[] outB, int row) {
        FloatVector sumA0 = FloatVector.zero(FLOATS);
        FloatVector sumA1 = sumA0;
        FloatVector sumB0 = sumA0;
        FloatVector sumB1 = sumA0;
        for (int block = 0; block < columns / BLOCK; block++) {
            FloatVector a0 = FloatVector.zero(FLOATS);
            FloatVector a1 = a0;
            FloatVector b0 = a0;
            FloatVector b1 = a0;
            for (int c = block * BLOCK; c < block * BLOCK + BLOCK; c++) {
                FloatVector w0 = weights(panel, c * PANEL);
                FloatVector w1 = weights(panel, c * PANEL + LANES);
                FloatVector xA = FloatVector.broadcast(FLOATS, inA[c]);
                FloatVector xB = FloatVector.broadcast(FLOATS, inB[c]);
                a0 = w0.fma(xA, a0);
                a1 = w1.fma(xA, a1);
                b0 = w0.fma(xB, b0);
                b1 = w1.fma(xB, b1);
            }
            FloatVector scale0 = FloatVector.fromArray(FLOATS, scales, block * PANEL);
            FloatVector scale1 = FloatVector.fromArray(FLOATS, scales, block * PANEL + LANES);
            sumA0 = a0.fma(scale0, sumA0);
            sumA1 = a1.fma(scale1, sumA1);
            sumB0 = b0.fma(scale0, sumB0);
            sumB1 = b1.fma(scale1, sumB1);
        }
        sumA0.intoArray(outA, row);
        sumA1.intoArray(outA, row + LANES);
        sumB0.intoArray(outB, row);
        sumB1.intoArray(outB, row + LANES);
    }

    private static FloatVector weights(byte[] panel, int at) {
        return (FloatVector) ByteVector.fromArray(BYTES, panel, at).castShape(FLOATS, 0);
    }
}
