package io.aitbc.openclaw.engine.gguf;

import java.util.List;

/**
 * Where a tensor lies.
 *
 * @param shape innermost dimension first
 * @param offset bytes from the start of the file
 * @param bytes length in the file
 */
public record TensorInfo(String name, TensorType type, List<Long> shape, long offset, long bytes) {
    public TensorInfo {
        shape = List.copyOf(shape);
    }

    public long elements() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
