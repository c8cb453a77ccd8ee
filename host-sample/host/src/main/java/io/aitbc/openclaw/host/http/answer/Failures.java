package io.aitbc.openclaw.host.http.answer;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;

/**
 * Chooses the status of a failure. Clients act on it: OpenClaw disables a whole provider, local models and all, for minutes
 * after 401, 402 or 403, repeats a request up to eight times after a 5xx, and goes to the next model at once after 404, and
 * after 429 when the text speaks of a budget. So no decision about money or policy is ever a 401, 402 or 403.
 */
public final class Failures {
    /** Ollama's text, two spaces and all. */
    public static final String BUSY = "server busy, please try again.  maximum pending requests exceeded";

    private static final String BUDGET = "daily budget exhausted";

    private Failures() {}

    /** @param model as the client wrote it */
    public static ApiFailure of(OpenClawException failure, String model) {
        String message = String.valueOf(failure.getMessage());
        return switch (failure.code()) {
            case MODEL_NOT_FOUND -> modelNotFound(model);
            case PRICE_ABOVE_CAP ->
                ApiFailure.late(404, "model '%s' not found for this price: %s".formatted(model, message));
            case INVALID_CONFIG, MISSING_KEY ->
                ApiFailure.late(404, "model '%s' not found with these settings: %s".formatted(model, message));
            case BUDGET_EXHAUSTED -> ApiFailure.late(429, message.contains(BUDGET) ? message : BUDGET + ": " + message);
            case OVERLOADED -> new ApiFailure(503, BUSY);
            case CANCELED -> new ApiFailure(499, "request canceled");
            case CONTEXT_OVERFLOW -> ApiFailure.overflow(status(failure), message);
            default -> ApiFailure.late(status(failure), message);
        };
    }

    public static ApiFailure modelNotFound(String model) {
        return new ApiFailure(404, "model '%s' not found".formatted(model));
    }

    private static int status(OpenClawException failure) {
        int upstream = failure.upstreamStatus().orElse(0);
        if (upstream >= 400 && upstream <= 599 && !isMisleading(upstream)) {
            return upstream;
        }
        return status(failure.code());
    }

    /** Statuses that speak of the host's own credentials or rate at somebody else's server. */
    private static boolean isMisleading(int upstream) {
        return switch (upstream) {
            case 401, 402, 403, 407, 408, 429, 499 -> true;
            default -> false;
        };
    }

    private static int status(ErrorCode code) {
        return switch (code) {
            case INVALID_REQUEST, UNSUPPORTED, CONTEXT_OVERFLOW -> 400;
            case MODEL_NOT_FOUND, PRICE_ABOVE_CAP, INVALID_CONFIG, MISSING_KEY -> 404;
            case BUDGET_EXHAUSTED -> 429;
            case CANCELED -> 499;
            case OVERLOADED, PLUGIN_UNAVAILABLE -> 503;
            case FIRST_BYTE_TIMEOUT, IDLE_TIMEOUT, JOB_EXPIRED -> 504;
            case UNREACHABLE, STREAM_CUT, NOT_AUTHORIZED, MALFORMED_ANSWER, MODEL_SUBSTITUTED, PROOF_INVALID -> 502;
            case PROVIDER_FAILED, INTERNAL -> 500;
        };
    }
}
