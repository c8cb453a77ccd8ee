package io.aitbc.openclaw.provider.coordinator;

import java.time.Duration;
import java.util.Optional;
import okhttp3.Request;

/**
 * Finds out with one call that changes nothing which protocol a coordinator speaks: it asks for one of our jobs without a
 * token. A current coordinator answers 401 with a challenge for a bearer token, or 403 by its security matrix; one of March
 * 2026 accepts the API key, or says something else.
 */
final class ProfileProbe {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    private final BaseUrl coordinator;
    private final Optional<String> apiKey;
    private final Http http;
    private final RateLimits limits;

    ProfileProbe(BaseUrl coordinator, Optional<String> apiKey, Http http, RateLimits limits) {
        this.coordinator = coordinator;
        this.apiKey = apiKey;
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
        apiKey.map(Credential.ApiKey::new).ifPresent(key -> key.addTo(request));
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
