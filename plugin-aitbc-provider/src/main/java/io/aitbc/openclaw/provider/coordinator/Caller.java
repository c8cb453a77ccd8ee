package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import okhttp3.Request;

/**
 * Makes the calls to one service, each in its turn and with a deadline, and repeats those that may be repeated: reads, and
 * writes that change nothing the second time. A refused token is renewed once.
 */
public final class Caller {
    public static final Duration DEADLINE = Duration.ofSeconds(15);
    static final int MAX_BYTES = 24 * 1024 * 1024;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final int ATTEMPTS = 3;

    private final String service;
    private final Http http;
    private final Optional<Access> access;
    private final RateLimits limits;
    private final Backoff backoff;

    private Caller(String service, Http http, Optional<Access> access, RateLimits limits, Backoff backoff) {
        this.service = service;
        this.http = http;
        this.access = access;
        this.limits = limits;
        this.backoff = backoff;
    }

    /** For a service that knows who asks. */
    static Caller of(String service, Http http, Access access, RateLimits limits, Backoff backoff) {
        return new Caller(service, http, Optional.of(access), limits, backoff);
    }

    /** For a service that asks nobody who they are. */
    static Caller open(String service, Http http, RateLimits limits, Backoff backoff) {
        return new Caller(service, http, Optional.empty(), limits, backoff);
    }

    /**
     * One call with a credential, in its turn. A 401 means that nothing was done, so repeating it with a new credential is
     * safe for any request.
     */
    Reply once(
            RouteClass route,
            Function<Request.Builder, Request> request,
            Duration patience,
            Duration deadline,
            CallScope scope)
            throws TransportException {
        limits.await(route, patience, scope);
        Access asker = asker();
        Credential shown = credential(asker, route, scope);
        Reply reply = call(route, request, shown, deadline, scope);
        if (reply.status() != 401) {
            return reply;
        }
        asker.refused(shown);
        Credential renewed = credential(asker, route, scope);
        if (renewed instanceof Credential.Bearer) {
            reply = call(route, request, renewed, deadline, scope);
        }
        if (reply.status() != 401) {
            return reply;
        }
        asker.refused(renewed);
        asker.forget();
        Credential other = credential(asker, route, scope);
        return other.getClass() == renewed.getClass() ? reply : call(route, request, other, deadline, scope);
    }

    private Reply call(
            RouteClass route,
            Function<Request.Builder, Request> request,
            Credential credential,
            Duration deadline,
            CallScope scope)
            throws TransportException {
        return told(
                route, http.call(request.apply(credential.addTo(new Request.Builder())), deadline, MAX_BYTES, scope));
    }

    private Reply told(RouteClass route, Reply reply) {
        if (reply.status() == 429) {
            limits.refused(route, reply);
        }
        return reply;
    }

    /** Whatever goes wrong while signing in, the request itself did not leave. */
    private static Credential credential(Access access, RouteClass route, CallScope scope) throws TransportException {
        try {
            Credential credential = access.credential(scope);
            if (route == RouteClass.SUBMIT) {
                access.requireYoungEnough(credential);
            }
            return credential;
        } catch (TransportException e) {
            throw new TransportException(TransportException.Kind.NOT_SENT, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * A call with a credential that may be repeated.
     *
     * @param patience the most time it may spend waiting because the network limits its callers
     */
    Reply repeatable(RouteClass route, Function<Request.Builder, Request> request, Duration patience, CallScope scope) {
        return repeat(left -> once(route, request, left, DEADLINE, scope), patience, scope);
    }

    /** The same without a credential, for what is public. */
    public Reply repeatableOpen(
            RouteClass route, Function<Request.Builder, Request> request, Duration patience, CallScope scope) {
        return repeat(left -> openOnce(route, request, left, scope), patience, scope);
    }

    private Reply openOnce(
            RouteClass route, Function<Request.Builder, Request> request, Duration patience, CallScope scope)
            throws TransportException {
        limits.await(route, patience, scope);
        return told(route, http.call(request.apply(new Request.Builder()), DEADLINE, MAX_BYTES, scope));
    }

    /** One call with a credential that must not be repeated once it was sent. */
    Reply only(
            RouteClass route,
            Function<Request.Builder, Request> request,
            Duration patience,
            Duration deadline,
            CallScope scope) {
        try {
            return once(route, request, patience, deadline, scope);
        } catch (TransportException e) {
            throw e.toOpenClaw();
        }
    }

    /** Opens a stream of events; the caller closes it. A refused token is renewed once, before anything was streamed. */
    EventStream stream(
            RouteClass route,
            Function<Request.Builder, Request> request,
            Duration patience,
            EventStream.Limits streamLimits,
            CallScope scope) {
        limits.await(route, patience, scope);
        Access asker = asker();
        try {
            Credential shown = asker.credential(scope);
            EventStream stream = http.stream(request.apply(shown.addTo(new Request.Builder())), streamLimits, scope);
            if (stream.status() == 401) {
                stream.close();
                asker.refused(shown);
                Credential renewed = asker.credential(scope);
                stream = http.stream(request.apply(renewed.addTo(new Request.Builder())), streamLimits, scope);
            }
            if (stream.status() == 429) {
                limits.refused(route, new Reply(429, "", Optional.empty()));
            }
            return stream;
        } catch (TransportException e) {
            throw e.toOpenClaw();
        }
    }

    private interface Attempt {
        Reply run(Duration patience) throws TransportException;
    }

    private Reply repeat(Attempt attempt, Duration patience, CallScope scope) {
        long end = System.nanoTime() + patience.toNanos();
        for (int failures = 0; ; ) {
            try {
                Reply reply = attempt.run(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
                if (reply.status() == 429) {
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

    /** How long a call would have to wait for its turn now. */
    Duration delay(RouteClass route) {
        return limits.delay(route);
    }

    /** Which protocol the service speaks; asks when that is not known yet. */
    Profile profile(CallScope scope) {
        try {
            return asker().profile(scope);
        } catch (TransportException e) {
            throw e.toOpenClaw();
        }
    }

    /** Refuses, as submissions are refused, what is to be paid in the network of a coordinator that is too old. */
    void requireYoungEnough(CallScope scope) {
        try {
            asker().requireYoungEnough(scope);
        } catch (TransportException e) {
            throw e.toOpenClaw();
        }
    }

    private Access asker() {
        return access.orElseThrow(() -> new IllegalStateException("The " + service + " knows no users"));
    }

    /** The body of an answer that is expected to be good. */
    public String body(String source, Reply reply) {
        if (!reply.ok()) {
            throw failure(source, reply);
        }
        return reply.body();
    }

    /** The failure an answer means. */
    public OpenClawException failure(String source, Reply reply) {
        ErrorCode code = switch (reply.status()) {
            case 401, 403 -> ErrorCode.NOT_AUTHORIZED;
            case 429 -> ErrorCode.OVERLOADED;
            default -> ErrorCode.PROVIDER_FAILED;
        };
        return OpenClawException.upstream(
                code,
                reply.status(),
                "The AITBC %s answered %d to %s: %s".formatted(service, reply.status(), source, ErrorText.of(reply)));
    }
}
