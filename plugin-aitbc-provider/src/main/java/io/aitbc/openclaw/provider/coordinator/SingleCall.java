package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.time.Duration;
import okhttp3.Request;

/** Calls that are made once, whatever comes of them. */
final class SingleCall {
    /** A coordinator that makes a proof answers nothing for seconds. */
    private static final Duration DEADLINE = Duration.ofSeconds(15);

    static final int MAX_BYTES = 24 * 1024 * 1024;

    private SingleCall() {}

    static MinerReply make(Http http, Request request, CallScope scope) {
        try {
            Reply reply = http.call(request, DEADLINE, MAX_BYTES, scope);
            return new MinerReply.Answered(
                    reply.status(), reply.body(), reply.retryAfter(), reply.ok() ? "" : ErrorText.of(reply));
        } catch (TransportException e) {
            return new MinerReply.Silent(e.kind() != TransportException.Kind.NOT_SENT, String.valueOf(e.getMessage()));
        }
    }

    /**
     * The body of an answer that must be a success.
     *
     * @throws OpenClawException UNREACHABLE, or with the status of the refusal
     */
    static String expect(String source, MinerReply reply) {
        return switch (reply) {
            case MinerReply.Silent silent -> throw new OpenClawException(ErrorCode.UNREACHABLE, silent.text());
            case MinerReply.Answered answered -> {
                if (!answered.ok()) {
                    throw refusal(source, answered);
                }
                yield answered.body();
            }
        };
    }

    private static OpenClawException refusal(String source, MinerReply.Answered answer) {
        ErrorCode code = switch (answer.status()) {
            case 401, 403 -> ErrorCode.NOT_AUTHORIZED;
            case 429 -> ErrorCode.OVERLOADED;
            default -> ErrorCode.PROVIDER_FAILED;
        };
        return OpenClawException.upstream(
                code,
                answer.status(),
                "The AITBC network answered %d to %s: %s".formatted(answer.status(), source, answer.text()));
    }
}
