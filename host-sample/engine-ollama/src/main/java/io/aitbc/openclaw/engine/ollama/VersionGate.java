package io.aitbc.openclaw.engine.ollama;

import io.aitbc.openclaw.api.ErrorCategory;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks an Ollama for its version and refuses one that must not be used. An answer holds for a while: one Ollama may be exchanged
 * for another between two looks. For one thread at a time.
 */
final class VersionGate {
    private static final long HOLDS_NANOS = 60_000_000_000L;

    private final OllamaHttp http;
    private final VersionCheck versions;
    private final LongSupplier nanoTime;
    /** When the version was good last. */
    private @Nullable Long goodAt;

    VersionGate(OllamaHttp http, VersionCheck versions, LongSupplier nanoTime) {
        this.http = http;
        this.versions = versions;
        this.nanoTime = nanoTime;
    }

    /** @throws OpenClawException {@link ErrorCode#INVALID_CONFIG} when it must not be used, or why it cannot be asked */
    void pass() {
        long now = nanoTime.getAsLong();
        Long last = goodAt;
        if (last != null && now - last < HOLDS_NANOS) {
            return;
        }
        versions.refusal(version()).ifPresent(reason -> {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG, "The Ollama at %s is not used: %s".formatted(http.url(), reason));
        });
        goodAt = now;
    }

    /** It failed or was away: what answers next may be another one. */
    void forget() {
        goodAt = null;
    }

    /** What speaks Ollama's API without being Ollama may tell no version. */
    private String version() {
        try {
            return http.get("/api/version").path("version").asString("");
        } catch (OpenClawException e) {
            if (e.code().category() == ErrorCategory.NETWORK) {
                throw e;
            }
            return "";
        }
    }
}
