package io.aitbc.openclaw.provider.direct;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.OpenClawException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** What the failure of a connection means. */
final class TransportFailures {
    private TransportFailures() {}

    /** @param answering whether the head of an answer had come */
    static OpenClawException of(DirectEndpoint endpoint, IOException cause, boolean answering) {
        Throwable refused = find(cause, RefusedAddressException.class);
        if (refused != null) {
            return DirectEndpoint.refused(endpoint.toString(), String.valueOf(refused.getMessage()));
        }
        if (find(cause, SSLException.class) != null && !answering) {
            return failure(ErrorCode.UNREACHABLE, "%s cannot be trusted: %s", endpoint, cause);
        }
        if (cause instanceof ProtocolException) {
            return answering
                    ? failure(ErrorCode.STREAM_CUT, "%s broke within its answer: %s", endpoint, cause)
                    : failure(ErrorCode.MALFORMED_ANSWER, "%s does not speak HTTP: %s", endpoint, cause);
        }
        if (cause instanceof InterruptedIOException && answering) {
            return failure(ErrorCode.IDLE_TIMEOUT, "%s stopped in the middle of its answer: %s", endpoint, cause);
        }
        return answering
                ? failure(ErrorCode.STREAM_CUT, "%s broke within its answer: %s", endpoint, cause)
                : failure(ErrorCode.UNREACHABLE, "%s cannot be reached: %s", endpoint, cause);
    }

    private static OpenClawException failure(ErrorCode code, String text, DirectEndpoint endpoint, IOException cause) {
        String reason = OneLine.of(FailureReason.of(cause));
        return new OpenClawException(code, "The provider's endpoint " + text.formatted(endpoint, reason), cause);
    }

    private static @org.jspecify.annotations.Nullable Throwable find(Throwable failure, Class<?> type) {
        return Stream.concat(
                        Stream.iterate(failure, it -> it != null, Throwable::getCause),
                        Stream.of(failure.getSuppressed()))
                .limit(20)
                .filter(type::isInstance)
                .findFirst()
                .orElse(null);
    }
}
