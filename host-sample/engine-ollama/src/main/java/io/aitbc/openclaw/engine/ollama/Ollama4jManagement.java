package io.aitbc.openclaw.engine.ollama;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.github.ollama4j.Ollama;
import io.github.ollama4j.exceptions.OllamaException;
import io.github.ollama4j.models.response.Model;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The management calls Ollama4j 1.1.6 does well: version, list, unload and delete. The only class that sees it.
 *
 * <p>Not through it: token streams (it loses failures and opens a client per call), {@code ps} (no context length, fails on new
 * fields), {@code show} (no {@code model_info}), {@code pull} (no progress), and what it lacks: copy, create from files, blobs.
 */
final class Ollama4jManagement {
    /** A row of the list. */
    record Row(
            String name,
            String digest,
            long size,
            Optional<Instant> modifiedAt,
            Optional<String> format,
            Optional<String> family,
            Optional<String> parameterSize,
            Optional<String> quantization) {}

    private final Ollama ollama;
    private final Failures failures;

    private Ollama4jManagement(Ollama ollama, Failures failures) {
        this.ollama = ollama;
        this.failures = failures;
    }

    /** @throws OpenClawException with {@link ErrorCode#INVALID_CONFIG} when Ollama4j is not on the class path */
    static Ollama4jManagement create(OllamaEngineOptions options, Failures failures) {
        Module module = Ollama4jManagement.class.getModule();
        if (module.isNamed()) {
            module.addReads(Ollama4jManagement.class.getClassLoader().getUnnamedModule());
        }
        try {
            String url = options.url().toString().replaceAll("/+$", "");
            Ollama ollama = new Ollama(url);
            ollama.setRequestTimeoutSeconds(
                    Math.max(1, options.managementTimeout().toSeconds()));
            ollama.setMetricsEnabled(false);
            options.apiKey().ifPresent(ollama::setBearerAuth);
            return new Ollama4jManagement(ollama, failures);
        } catch (LinkageError e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG,
                    "Ollama4j and its libraries must be on the class path to use Ollama: " + e.getMessage(),
                    e);
        }
    }

    String version() {
        return call(ollama::getVersion);
    }

    List<Row> list() {
        return call(ollama::listModels).stream().map(Ollama4jManagement::row).toList();
    }

    private static Row row(Model model) {
        Optional<io.github.ollama4j.models.response.ModelMeta> meta = Optional.ofNullable(model.getModelMeta());
        return new Row(
                model.getName(),
                Optional.ofNullable(model.getDigest()).orElse(""),
                model.getSize(),
                Optional.ofNullable(model.getModifiedAt()).map(java.time.OffsetDateTime::toInstant),
                meta.map(it -> it.getFormat()).filter(text -> !text.isEmpty()),
                meta.map(it -> it.getFamily()).filter(text -> !text.isEmpty()),
                meta.map(it -> it.getParameterSize()).filter(text -> !text.isEmpty()),
                meta.map(it -> it.getQuantizationLevel()).filter(text -> !text.isEmpty()));
    }

    void unload(String model) {
        call(() -> {
            ollama.unloadModel(model);
            return true;
        });
    }

    /** Says nothing when the model does not exist: check before. */
    void delete(String model) {
        call(() -> {
            ollama.deleteModel(model, false);
            return true;
        });
    }

    private interface Action<T> {
        T run() throws OllamaException;
    }

    private <T> T call(Action<T> action) {
        try {
            return action.run();
        } catch (OllamaException e) {
            throw failure(e);
        }
    }

    /** Ollama4j has one exception with a text; what kind of failure it was is in its cause or in the text. */
    private OpenClawException failure(OllamaException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpTimeoutException timeout) {
                return failures.timedOut(timeout);
            }
            if (cause instanceof IOException io && !(io instanceof com.fasterxml.jackson.core.JacksonException)) {
                return failures.beforeAnswer(io);
            }
            if (cause instanceof com.fasterxml.jackson.core.JacksonException) {
                return failures.malformed("an answer that is not what Ollama sends");
            }
        }
        String text = Failures.oneLine(String.valueOf(e.getMessage()));
        boolean missing = text.toLowerCase(Locale.ROOT).contains("not found");
        return new OpenClawException(
                missing ? ErrorCode.MODEL_NOT_FOUND : ErrorCode.PROVIDER_FAILED,
                text.isEmpty() ? "Ollama failed without a reason" : text,
                e);
    }
}
