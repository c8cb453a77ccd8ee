package io.aitbc.openclaw.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts about the one kind of failure that crosses the API. */
public final class Failures {
    private Failures() {}

    /** The failure of a call, which must be an {@link OpenClawException} with a message of one line. */
    public static OpenClawException failureOf(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).as("the failure").isInstanceOf(OpenClawException.class);
        assertThat(thrown.getMessage()).as("its message").isNotBlank().doesNotContain("\n");
        return (OpenClawException) thrown;
    }

    /** Asserts the code of a failure and returns it. */
    public static OpenClawException assertFails(ErrorCode code, ThrowingCallable call) {
        OpenClawException failure = failureOf(call);
        assertThat(failure.code()).as("the code of: " + failure.getMessage()).isEqualTo(code);
        return failure;
    }
}
