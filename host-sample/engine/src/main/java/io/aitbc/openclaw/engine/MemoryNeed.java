package io.aitbc.openclaw.engine;

import io.aitbc.openclaw.engine.gguf.TensorInfo;
import io.aitbc.openclaw.engine.model.LlamaShape;

/** What a model takes in memory. */
final class MemoryNeed {
    /** This engine keeps keys and values as 32-bit floats. */
    private static final int CACHE_ELEMENT_BYTES = Float.BYTES;

    private static final int BATCH = 32;

    private MemoryNeed() {}

    /** Mapped file, heap copy of the weights, and one answer's key-value cache and buffers. */
    static long of(StoredModel model, int contextLength, long heapWeightLimit) {
        LlamaShape shape = LlamaShape.of(model.metadata());
        long floats = model.header().tensors().stream()
                        .mapToLong(TensorInfo::elements)
                        .sum()
                * Float.BYTES;
        long copies = floats <= heapWeightLimit ? floats : 0;
        long cache = 2L * shape.layers() * shape.kvWidth() * contextLength * CACHE_ELEMENT_BYTES;
        long buffers = (long) Float.BYTES
                * (BATCH * (6L * shape.width() + 2L * shape.kvWidth() + 2L * shape.hidden()) + 3L * shape.vocabulary());
        return model.bytes() + copies + cache + buffers;
    }
}
