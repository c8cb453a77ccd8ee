package io.aitbc.openclaw.host.http.wire;

import org.jspecify.annotations.Nullable;

/**
 * The place of a failure nobody expected, without what it says: its message may quote a prompt. For logs.
 */
public final class FailurePlace extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int MOST_CAUSES = 4;

    private FailurePlace(Throwable failure, @Nullable FailurePlace cause) {
        super(failure.getClass().getName(), cause);
        setStackTrace(failure.getStackTrace());
    }

    public static FailurePlace of(Throwable failure) {
        return of(failure, MOST_CAUSES);
    }

    private static FailurePlace of(Throwable failure, int more) {
        Throwable cause = failure.getCause();
        return new FailurePlace(failure, cause == null || more == 0 ? null : of(cause, more - 1));
    }
}
