package io.aitbc.openclaw.provider.coordinator;

import java.time.Duration;
import java.util.Optional;

/**
 * An HTTP answer, read to its end.
 *
 * @param retryAfter of a 429 or 503
 * @param bearerChallenge whether a bearer token was asked for (RFC 6750)
 */
public record Reply(int status, String body, Optional<Duration> retryAfter, boolean bearerChallenge) {
    public Reply(int status, String body, Optional<Duration> retryAfter) {
        this(status, body, retryAfter, false);
    }

    public boolean ok() {
        return status >= 200 && status < 300;
    }

    public boolean serverFailed() {
        return status >= 500;
    }
}
