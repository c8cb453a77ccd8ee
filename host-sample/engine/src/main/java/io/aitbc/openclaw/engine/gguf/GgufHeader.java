package io.aitbc.openclaw.engine.gguf;

import java.util.List;
import java.util.Optional;

/**
 * What stands before the weights.
 *
 * @param tensors in file order
 */
public record GgufHeader(GgufMetadata metadata, List<TensorInfo> tensors) {
    public GgufHeader {
        tensors = List.copyOf(tensors);
    }

    public Optional<TensorInfo> tensor(String name) {
        return tensors.stream().filter(tensor -> tensor.name().equals(name)).findFirst();
    }
}
