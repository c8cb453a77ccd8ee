package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.OpenClawException;

/** A job that was not accepted, as far as we know. */
public final class SubmitException extends Exception {
    private static final long serialVersionUID = 1L;

    private final OpenClawException failure;
    private final boolean mayExist;

    SubmitException(OpenClawException failure, boolean mayExist) {
        super(failure.getMessage(), failure);
        this.failure = failure;
        this.mayExist = mayExist;
    }

    public OpenClawException failure() {
        return failure;
    }

    /** Whether the job may have reached the network all the same, and may be paid there. */
    public boolean mayExist() {
        return mayExist;
    }
}
