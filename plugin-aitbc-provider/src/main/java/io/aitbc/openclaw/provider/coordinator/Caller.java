package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.time.Duration;
import java.util.function.Function;
import okhttp3.Request;

/**
 * Makes calls with the session's token and repeats those that may be repeated: reads, and writes that change nothing the
 * second time. A refused token is renewed once.
 */
final class Caller {
    static final Duration DEADLINE = Duration.ofSeconds(15);
    static final int MAX_BYTES = 24 * 1024 * 1024;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration UNSTATED_PAUSE = Duration.ofSeconds(2);
    private static final int ATTEMPTS = 3;

    private final Http http;
    private final Session session;
    private final Backoff backoff;

    Caller(Http http, Session session, Backoff backoff) {
        this.http = http;
        this.session = session;
        this.backoff = backoff;
    }

    /** One call with a token. A 401 means that nothing was done, so repeating it with a new token is safe for any request. */
    Reply once(Function<Request.Builder, Request> request, Duration deadline, CallScope scope)
            throws TransportException {
        String token = token(scope);
        Reply reply = http.call(request.apply(bearing(token)), deadline, MAX_BYTES, scope);
        if (reply.status() != 401) {
            return reply;
        }
        session.refused(token);
        return http.call(request.apply(bearing(token(scope))), deadline, MAX_BYTES, scope);
    }

    /** Whatever goes wrong while signing in, the request itself did not leave. */
    private String token(CallScope scope) throws TransportException {
        try {
            return session.token(scope);
        } catch (TransportException e) {
            throw new TransportException(TransportException.Kind.NOT_SENT, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * A call that may be repeated.
     *
     * @param patience the most time it may spend waiting because the server asks to come back later
     */
    Reply repeatable(Function<Request.Builder, Request> request, Duration patience, CallScope scope) {
        return repeat(() -> once(request, DEADLINE, scope), patience, scope);
    }

    /** The same without a token, for what is public. */
    Reply open(Function<Request.Builder, Request> request, Duration patience, CallScope scope) {
        return repeat(
                () -> http.call(request.apply(new Request.Builder()), DEADLINE, MAX_BYTES, scope), patience, scope);
    }

    private interface Attempt {
        Reply run() throws TransportException;
    }

    private Reply repeat(Attempt attempt, Duration patience, CallScope scope) {
        long end = System.nanoTime() + patience.toNanos();
        for (int failures = 0; ; ) {
            try {
                Reply reply = attempt.run();
                if (reply.status() == 429) {
                    waitAsTold(reply, end, scope);
                    continue;
                }
                if (!reply.serverFailed() || ++failures == ATTEMPTS) {
                    return reply;
                }
            } catch (TransportException e) {
                if (++failures == ATTEMPTS) {
                    throw e.toOpenClaw();
                }
            }
            scope.pause(backoff.exponential(failures - 1, FIRST_PAUSE, LONGEST_PAUSE));
        }
    }

    /**
     * Waits as long as a 429 asks for.
     *
     * @param end {@link System#nanoTime()} after which there is no more patience
     * @throws OpenClawException with OVERLOADED when that is longer than patience lasts
     */
    void waitAsTold(Reply reply, long end, CallScope scope) {
        Duration pause = backoff.atLeast(reply.retryAfter().orElse(UNSTATED_PAUSE));
        if (pause.toNanos() > end - System.nanoTime()) {
            throw OpenClawException.upstream(
                    ErrorCode.OVERLOADED,
                    429,
                    "The AITBC coordinator asks to come back in %d s: %s"
                            .formatted(Math.max(1, pause.toSeconds()), ErrorText.of(reply)));
        }
        scope.pause(pause);
    }

    /** The failure an answer means. */
    static OpenClawException failure(String source, Reply reply) {
        ErrorCode code = switch (reply.status()) {
            case 401, 403 -> ErrorCode.NOT_AUTHORIZED;
            case 429 -> ErrorCode.OVERLOADED;
            default -> ErrorCode.PROVIDER_FAILED;
        };
        return OpenClawException.upstream(
                code,
                reply.status(),
                "The AITBC coordinator answered %d to %s: %s".formatted(reply.status(), source, ErrorText.of(reply)));
    }

    private static Request.Builder bearing(String token) {
        return new Request.Builder().header("Authorization", "Bearer " + token);
    }
}
