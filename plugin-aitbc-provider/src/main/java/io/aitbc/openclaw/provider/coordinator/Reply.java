package io.aitbc.openclaw.provider.coordinator;

import java.time.Duration;
import java.util.Optional;

/**
 * An HTTP answer, read to its end.
 *
 * @param retryAfter of a 429 or 503
 */
record Reply(int status, String body, Optional<Duration> retryAfter) {
    boolean ok() {
        return status >= 200 && status < 300;
    }

    boolean serverFailed() {
        return status >= 500;
    }
}
