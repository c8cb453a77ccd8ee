package io.aitbc.openclaw.engine.ollama;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How to reach and how long to wait for an Ollama.
 *
 * @param url {@code http://127.0.0.1:11434}, without a path
 * @param apiKey sent as a bearer token, for an Ollama behind a proxy
 * @param connectTimeout to open a connection
 * @param managementTimeout for version, list, show, ps, delete and the like, as a whole
 * @param firstByteTimeout silence that is a hang when the model is in memory; a longer prompt is given more time, see
 *     {@code promptAllowance}
 * @param promptAllowance added to {@code firstByteTimeout} for each KiB (1,024 bytes) of the request
 * @param idleTimeout silence that is a hang once the answer has begun
 * @param loadTimeout the longest wait for a first byte while the model is being loaded or waits for its turn
 * @param catalogueAge how long the list of models is served from memory before it is read again
 * @param catalogueStale how long the last list is served after Ollama stopped answering; then the catalogue is empty
 * @param lineLimit longest line of an answer in bytes
 * @param answerLimit longest answer in bytes
 * @param defaultContext tokens, Ollama's {@code OLLAMA_CONTEXT_LENGTH}, for estimates of memory
 * @param memoryBytes memory for models; by default seven tenths of this machine's when Ollama runs on it, else unknown
 * @param versionCheck whether an Ollama of a version is used; by default every one is
 */
public record OllamaEngineOptions(
        URI url,
        Optional<String> apiKey,
        Duration connectTimeout,
        Duration managementTimeout,
        Duration firstByteTimeout,
        Duration promptAllowance,
        Duration idleTimeout,
        Duration loadTimeout,
        Duration catalogueAge,
        Duration catalogueStale,
        int lineLimit,
        long answerLimit,
        int defaultContext,
        OptionalLong memoryBytes,
        VersionCheck versionCheck) {
    /** @throws OpenClawException with {@link ErrorCode#INVALID_CONFIG} when the URL is not one of an HTTP server */
    public OllamaEngineOptions {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG,
                    "The Ollama URL must look like http://127.0.0.1:11434, not '" + url + "'");
        }
    }

    /** The defaults for an Ollama at this URL. */
    public static OllamaEngineOptions of(URI url) {
        return builder(url).build();
    }

    /** Starts from the defaults. */
    public static Builder builder(URI url) {
        return new Builder(url);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "OllamaEngineOptions[url=%s, apiKey=%s]".formatted(url, apiKey.isPresent() ? "set" : "none");
    }

    /** Collects settings; each method is named as the component it sets. */
    public static final class Builder {
        private final URI url;
        private Optional<String> apiKey = Optional.empty();
        private Duration connectTimeout = Duration.ofSeconds(2);
        private Duration managementTimeout = Duration.ofSeconds(10);
        private Duration firstByteTimeout = Duration.ofSeconds(60);
        private Duration promptAllowance = Duration.ofSeconds(1);
        private Duration idleTimeout = Duration.ofSeconds(60);
        private Duration loadTimeout = Duration.ofMinutes(5);
        private Duration catalogueAge = Duration.ofSeconds(2);
        private Duration catalogueStale = Duration.ofSeconds(60);
        private int lineLimit = 8 << 20;
        private long answerLimit = 64L << 20;
        private int defaultContext = 4096;
        private OptionalLong memoryBytes = OptionalLong.empty();
        private VersionCheck versionCheck = _ -> Optional.empty();

        private Builder(URI url) {
            this.url = url;
        }

        public Builder apiKey(String key) {
            apiKey = Optional.of(key);
            return this;
        }

        public Builder connectTimeout(Duration time) {
            connectTimeout = time;
            return this;
        }

        public Builder managementTimeout(Duration time) {
            managementTimeout = time;
            return this;
        }

        public Builder firstByteTimeout(Duration time) {
            firstByteTimeout = time;
            return this;
        }

        public Builder promptAllowance(Duration timePerKibibyte) {
            promptAllowance = timePerKibibyte;
            return this;
        }

        public Builder idleTimeout(Duration time) {
            idleTimeout = time;
            return this;
        }

        public Builder loadTimeout(Duration time) {
            loadTimeout = time;
            return this;
        }

        public Builder catalogueAge(Duration time) {
            catalogueAge = time;
            return this;
        }

        public Builder catalogueStale(Duration time) {
            catalogueStale = time;
            return this;
        }

        public Builder lineLimit(int bytes) {
            lineLimit = bytes;
            return this;
        }

        public Builder answerLimit(long bytes) {
            answerLimit = bytes;
            return this;
        }

        public Builder defaultContext(int tokens) {
            defaultContext = tokens;
            return this;
        }

        public Builder memoryBytes(long bytes) {
            memoryBytes = OptionalLong.of(bytes);
            return this;
        }

        public Builder versionCheck(VersionCheck check) {
            versionCheck = check;
            return this;
        }

        public OllamaEngineOptions build() {
            return new OllamaEngineOptions(
                    url,
                    apiKey,
                    connectTimeout,
                    managementTimeout,
                    firstByteTimeout,
                    promptAllowance,
                    idleTimeout,
                    loadTimeout,
                    catalogueAge,
                    catalogueStale,
                    lineLimit,
                    answerLimit,
                    defaultContext,
                    memoryBytes,
                    versionCheck);
        }
    }
}
