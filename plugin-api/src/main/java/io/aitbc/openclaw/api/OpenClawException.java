package io.aitbc.openclaw.api;

import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The only failure thrown across the plugin API. Its message is one line a person can act on and never contains a prompt
 * or a key.
 */
public final class OpenClawException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final int upstreamStatus;

    public OpenClawException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public OpenClawException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, message, 0, cause);
    }

    private OpenClawException(ErrorCode code, String message, int upstreamStatus, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.upstreamStatus = upstreamStatus;
    }

    /** A failure that an HTTP server reported with this status; the message is the server's own error text. */
    public static OpenClawException upstream(ErrorCode code, int status, String message) {
        return new OpenClawException(code, message, status, null);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), code.name());
    }

    public ErrorCode code() {
        return code;
    }

    /** The HTTP status of the server that reported it, when one did. */
    public OptionalInt upstreamStatus() {
        return upstreamStatus == 0 ? OptionalInt.empty() : OptionalInt.of(upstreamStatus);
    }
}
