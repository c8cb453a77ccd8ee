package io.aitbc.openclaw.api.inference;

import io.aitbc.openclaw.api.ErrorCode;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Models on disk. Failures carry {@link ErrorCode#MODEL_NOT_FOUND} or {@link ErrorCode#INVALID_REQUEST}. */
public interface ModelStore {
    /** A step of a long operation, with Ollama's words: {@code pulling manifest}, {@code success}. */
    record Progress(String status, Optional<String> digest, OptionalLong totalBytes, OptionalLong completedBytes) {
        public static Progress of(String status) {
            return new Progress(status, Optional.empty(), OptionalLong.empty(), OptionalLong.empty());
        }
    }

    /** Fetches a model from the engine's registry. {@link ErrorCode#UNSUPPORTED} where it has none. */
    void pull(String model, boolean insecure, Consumer<Progress> progress);

    void delete(String model);

    void copy(String source, String destination);

    /**
     * Makes a model from another or from uploaded blobs.
     *
     * @param json the body of Ollama's {@code /api/create}
     */
    void create(String model, String json, Consumer<Progress> progress);

    /** @param digest {@code sha256:} and 64 hexadecimal digits */
    boolean hasBlob(String digest);

    /**
     * Stores a blob after checking its digest.
     *
     * @return false when it was there already and the body was not read
     */
    boolean putBlob(String digest, InputStream body);
}
