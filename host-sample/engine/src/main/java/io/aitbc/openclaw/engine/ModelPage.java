package io.aitbc.openclaw.engine;

import io.aitbc.openclaw.api.inference.ModelDetails;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What there is to show about a model. */
final class ModelPage {
    /** Ollama shows longer arrays only when asked to be verbose. */
    private static final int LONG_ARRAY = 5;

    private ModelPage() {}

    static ModelDetails of(StoredModel model, boolean verbose) {
        return new ModelDetails(
                model.descriptor(),
                model.template(),
                model.system(),
                model.license(),
                parameters(model),
                Optional.of(modelfile(model)),
                info(model, verbose),
                model.header().tensors().stream()
                        .map(tensor -> new ModelDetails.TensorInfo(
                                tensor.name(), tensor.type().name(), tensor.shape()))
                        .toList());
    }

    private static Map<String, Object> info(StoredModel model, boolean verbose) {
        Map<String, Object> info = new LinkedHashMap<>();
        model.metadata().values().forEach((key, value) -> {
            if (verbose || !(value instanceof List<?> list) || list.size() <= LONG_ARRAY) {
                info.put(key, value);
            }
        });
        return info;
    }

    private static Optional<String> parameters(StoredModel model) {
        StringBuilder lines = new StringBuilder();
        model.parameters().values().forEach((name, value) -> {
            List<?> values = value instanceof List<?> list ? list : List.of(value);
            for (Object one : values) {
                lines.append(lines.isEmpty() ? "" : "\n").append("%-30s %s".formatted(name, quoted(one)));
            }
        });
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines.toString());
    }

    private static String modelfile(StoredModel model) {
        StringBuilder file = new StringBuilder("# Modelfile of the embedded engine\n");
        if (ModelLibrary.isBundled(model.name())) {
            file.append("# A demonstration model: it shows that every path works, it is not a useful assistant.\n");
        }
        file.append("FROM ").append(model.file().getFileName()).append('\n');
        if (!model.template().isEmpty()) {
            file.append("TEMPLATE \"\"\"").append(model.template()).append("\"\"\"\n");
        }
        model.system()
                .ifPresent(system -> file.append("SYSTEM \"\"\"").append(system).append("\"\"\"\n"));
        model.parameters().values().forEach((name, value) -> {
            List<?> values = value instanceof List<?> list ? list : List.of(value);
            values.forEach(one -> file.append("PARAMETER ")
                    .append(name)
                    .append(' ')
                    .append(quoted(one))
                    .append('\n'));
        });
        model.license()
                .ifPresent(
                        license -> file.append("LICENSE \"\"\"").append(license).append("\"\"\"\n"));
        return file.toString();
    }

    private static String quoted(Object value) {
        return value instanceof String text ? "\"" + text + "\"" : value.toString();
    }
}
