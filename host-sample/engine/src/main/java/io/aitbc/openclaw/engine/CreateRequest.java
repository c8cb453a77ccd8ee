package io.aitbc.openclaw.engine;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The body of Ollama's {@code /api/create}, as far as the embedded engine can follow it.
 *
 * @param from name of the model to start from
 * @param fileDigest of the one GGUF file to start from, with its {@code sha256:}
 */
record CreateRequest(
        Optional<String> from,
        Optional<String> fileDigest,
        Optional<String> system,
        Optional<String> license,
        GenerationOptions parameters) {
    private static final Set<String> KNOWN =
            Set.of("model", "name", "stream", "from", "files", "system", "license", "parameters");

    static CreateRequest parse(String json) {
        JsonNode body;
        try {
            body = JsonMapper.shared().readTree(json);
        } catch (JacksonException e) {
            throw invalid("the request is not valid JSON");
        }
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            if (!KNOWN.contains(field.getKey()) && !isEmpty(field.getValue())) {
                throw new OpenClawException(
                        ErrorCode.UNSUPPORTED,
                        "the embedded engine cannot create models with \"%s\"".formatted(field.getKey()));
            }
        }
        return new CreateRequest(
                text(body, "from"),
                file(body.path("files")),
                text(body, "system"),
                license(body.path("license")),
                OptionsJson.options(body.path("parameters")));
    }

    GenerationOptions parametersOver(GenerationOptions base) {
        GenerationOptions all = base;
        for (Map.Entry<String, Object> entry : parameters.values().entrySet()) {
            all = all.with(entry.getKey(), entry.getValue());
        }
        return all;
    }

    private static Optional<String> file(JsonNode files) {
        if (isEmpty(files)) {
            return Optional.empty();
        }
        List<JsonNode> digests =
                files.properties().stream().map(Map.Entry::getValue).toList();
        if (digests.size() != 1 || !digests.getFirst().isString()) {
            throw invalid("'files' must name exactly one GGUF file and its digest");
        }
        return Optional.of(digests.getFirst().stringValue());
    }

    private static Optional<String> license(JsonNode license) {
        if (license.isArray()) {
            StringBuilder all = new StringBuilder();
            license.forEach(part -> all.append(all.isEmpty() ? "" : "\n").append(part.asString()));
            return all.isEmpty() ? Optional.empty() : Optional.of(all.toString());
        }
        return license.isString() ? Optional.of(license.stringValue()) : Optional.empty();
    }

    private static Optional<String> text(JsonNode body, String field) {
        JsonNode value = body.path(field);
        return value.isString() && !value.stringValue().isEmpty() ? Optional.of(value.stringValue()) : Optional.empty();
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isNull()
                || value.isMissingNode()
                || (value.isContainer() && value.isEmpty())
                || (value.isString() && value.stringValue().isEmpty());
    }

    private static OpenClawException invalid(String message) {
        return new OpenClawException(ErrorCode.INVALID_REQUEST, message);
    }
}
