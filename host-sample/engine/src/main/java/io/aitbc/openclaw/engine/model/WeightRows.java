package io.aitbc.openclaw.engine.model;

import io.aitbc.openclaw.engine.gguf.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A weight matrix as it lies in the file.
 *
 * @param data rows one after the other
 */
record WeightRows(TensorType type, int rows, int columns, MemorySegment data) {
    /** Weights that share a scale in Q8_0. */
    static final int BLOCK = 32;

    private static final int BLOCK_BYTES = 2 + BLOCK;
    private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    long elements() {
        return (long) rows * columns;
    }

    int rowBytes() {
        return columns / type.blockElements() * type.blockBytes();
    }

    /** Converts a row to floats. */
    void row(int row, float[] out) {
        long start = (long) row * rowBytes();
        switch (type) {
            case F32 -> MemorySegment.copy(data, FLOAT, start, out, 0, columns);
            case F16 -> halves(start, out);
            case Q8_0 -> quantized(rawRow(row), out);
        }
    }

    private void halves(long start, float[] out) {
        short[] halves = new short[columns];
        MemorySegment.copy(data, HALF, start, halves, 0, columns);
        for (int i = 0; i < columns; i++) {
            out[i] = Float.float16ToFloat(halves[i]);
        }
    }

    private void quantized(byte[] raw, float[] out) {
        for (int block = 0; block < columns / BLOCK; block++) {
            float scale = scale(raw, 0, block);
            int from = block * BLOCK_BYTES + 2;
            int to = block * BLOCK;
            for (int i = 0; i < BLOCK; i++) {
                out[to + i] = scale * raw[from + i];
            }
        }
    }

    /** The bytes of a row. */
    byte[] rawRow(int row) {
        return rawRows(row, 1);
    }

    /** The bytes of some rows, one after the other. */
    byte[] rawRows(int first, int count) {
        byte[] raw = new byte[count * rowBytes()];
        MemorySegment.copy(data, ValueLayout.JAVA_BYTE, (long) first * rowBytes(), raw, 0, raw.length);
        return raw;
    }

    /**
     * The scale of a block in the bytes of Q8_0 rows.
     *
     * @param start where the row begins
     */
    static float scale(byte[] raw, int start, int block) {
        int at = start + block * BLOCK_BYTES;
        return Float.float16ToFloat((short) ((raw[at] & 0xff) | raw[at + 1] << 8));
    }

    /** Where the quantized weight of a column is in the bytes of a Q8_0 row. */
    static int quantumIndex(int column) {
        return column / BLOCK * BLOCK_BYTES + 2 + column % BLOCK;
    }
}
