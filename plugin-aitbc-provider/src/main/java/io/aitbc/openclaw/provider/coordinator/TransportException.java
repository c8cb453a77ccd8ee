package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;

/** A call that got no answer. What matters is whether the server may have acted on it. */
final class TransportException extends Exception {
    private static final long serialVersionUID = 1L;

    /** How far the call came. */
    enum Kind {
        /** Not a byte of the request left: repeating is safe. */
        NOT_SENT,
        /** The connection broke after the request was sent. */
        BROKEN,
        /** No answer within the deadline; the server may still be working on it. */
        TIMED_OUT
    }

    private final Kind kind;

    TransportException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    OpenClawException toOpenClaw() {
        return new OpenClawException(ErrorCode.UNREACHABLE, String.valueOf(getMessage()));
    }
}
