package io.aitbc.openclaw.skills;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A provider that could not be used.
 *
 * @param provider its id
 */
record Failure(String provider, OpenClawException cause) {
    String line() {
        return provider + ": " + cause.getMessage();
    }

    /** One failure for all that failed: what all said, under the code of the one that tells most. */
    static OpenClawException combined(String model, List<Failure> failures) {
        Failure telling = telling(failures);
        if (telling.cause().code() == ErrorCode.MODEL_NOT_FOUND) {
            return notFound(model);
        }
        if (failures.size() == 1) {
            return telling.cause();
        }
        String message = failures.stream().map(Failure::line).collect(Collectors.joining("; "));
        ErrorCode code = telling.cause().code();
        return telling.cause().upstreamStatus().isPresent()
                ? OpenClawException.upstream(
                        code, telling.cause().upstreamStatus().getAsInt(), message)
                : new OpenClawException(code, message, telling.cause());
    }

    static OpenClawException notFound(String model) {
        return new OpenClawException(ErrorCode.MODEL_NOT_FOUND, "model '%s' not found".formatted(model));
    }

    /** The first that is more than "not here" or "not this way". */
    private static Failure telling(List<Failure> failures) {
        return failures.stream()
                .filter(failure -> !isMild(failure.cause().code()))
                .findFirst()
                .or(() -> failures.stream()
                        .filter(failure -> failure.cause().code() != ErrorCode.MODEL_NOT_FOUND)
                        .findFirst())
                .orElseGet(failures::getFirst);
    }

    private static boolean isMild(ErrorCode code) {
        return code == ErrorCode.MODEL_NOT_FOUND || code == ErrorCode.UNSUPPORTED;
    }
}
