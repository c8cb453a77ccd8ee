package io.aitbc.openclaw.api.inference;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code /api/show} tells about a model.
 *
 * @param descriptor the catalogue row
 * @param template prompt template, empty when there is none
 * @param system default system prompt
 * @param license licence text
 * @param parameters default options, one {@code name value} a line
 * @param modelfile Ollama's Modelfile
 * @param info GGUF metadata: String, Boolean, Long, Double or List of these; {@code <arch>.context_length} and so on
 * @param tensors in file order
 */
public record ModelDetails(
        ModelDescriptor descriptor,
        String template,
        Optional<String> system,
        Optional<String> license,
        Optional<String> parameters,
        Optional<String> modelfile,
        Map<String, Object> info,
        List<TensorInfo> tensors) {
    public ModelDetails {
        info = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(info));
        tensors = List.copyOf(tensors);
    }

    /**
     * A tensor of the model file.
     *
     * @param type GGML name: {@code F16}, {@code Q8_0}
     * @param shape innermost dimension first, as in GGUF
     */
    public record TensorInfo(String name, String type, List<Long> shape) {
        public TensorInfo {
            shape = List.copyOf(shape);
        }
    }
}
