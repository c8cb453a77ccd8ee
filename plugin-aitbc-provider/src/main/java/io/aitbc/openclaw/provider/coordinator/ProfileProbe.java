package io.aitbc.openclaw.provider.coordinator;

import java.time.Duration;
import java.util.Optional;
import okhttp3.Request;

/**
 * Finds out with one call that changes nothing which protocol a coordinator speaks: it asks for one of our jobs without saying
 * who asks. A current coordinator answers 401 with a challenge for a bearer token; one of March 2026 knows no tokens. No key is
 * shown: a current coordinator takes it for a miner's and then asks for no token.
 */
final class ProfileProbe {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    private final BaseUrl coordinator;
    private final Http http;
    private final RateLimits limits;

    ProfileProbe(BaseUrl coordinator, Http http, RateLimits limits) {
        this.coordinator = coordinator;
        this.http = http;
        this.limits = limits;
    }

    /** @return empty when the answer says nothing, as while the coordinator restarts */
    Optional<Profile> ask(CallScope scope) throws TransportException {
        limits.await(RouteClass.JOB_LIST, PATIENCE, scope);
        Request.Builder request = new Request.Builder()
                .url(coordinator
                        .path("v1", "jobs")
                        .addQueryParameter("limit", "1")
                        .build());
        Reply reply = http.call(request.build(), DEADLINE, MAX_BYTES, scope);
        if (reply.status() == 429) {
            limits.refused(RouteClass.JOB_LIST, reply);
        }
        return read(reply);
    }

    static Optional<Profile> read(Reply reply) {
        if (reply.serverFailed() || reply.status() == 429) {
            return Optional.empty();
        }
        boolean current = reply.bearerChallenge() || reply.status() == 403;
        return Optional.of(current ? Profile.CURRENT : Profile.MARCH);
    }
}
