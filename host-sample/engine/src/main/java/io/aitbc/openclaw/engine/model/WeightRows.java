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
            case F16 -> {
                for (int i = 0; i < columns; i++) {
                    out[i] = Float.float16ToFloat(data.get(HALF, start + 2L * i));
                }
            }
            case Q8_0 -> {
                for (int block = 0; block < columns / 32; block++) {
                    long at = start + block * 34L;
                    float scale = scaleAt(at);
                    for (int i = 0; i < 32; i++) {
                        out[block * 32 + i] = scale * data.get(ValueLayout.JAVA_BYTE, at + 2 + i);
                    }
                }
            }
        }
    }

    /** The scale of a Q8_0 block. */
    float scale(int row, int block) {
        return scaleAt((long) row * rowBytes() + block * 34L);
    }

    /** A quantized weight of a Q8_0 matrix. */
    byte quantum(int row, int column) {
        return data.get(ValueLayout.JAVA_BYTE, (long) row * rowBytes() + column / 32 * 34L + 2 + column % 32);
    }

    private float scaleAt(long offset) {
        return Float.float16ToFloat(data.get(HALF, offset));
    }
}
