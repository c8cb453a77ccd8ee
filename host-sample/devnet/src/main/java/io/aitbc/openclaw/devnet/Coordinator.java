package io.aitbc.openclaw.devnet;

import io.aitbc.openclaw.api.inference.LocalEngine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The coordinator below its HTTP front: who may call what, and the handlers. One request at a time, as in the real one,
 * which is a single event loop.
 */
final class Coordinator {
    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final InstantSource clock;
    private final Set<String> minerKeys;
    private final SecurityMatrix matrix = SecurityMatrix.load();
    private final Routes routes = new Routes(matrix);
    private final Logins logins;
    private final Jobs jobs;
    private final Receipts receipts;

    Coordinator(
            DevnetOptions options,
            Identifiers identifiers,
            QuirkBoard quirks,
            String minerKey,
            LocalEngine hub,
            Chain chain) {
        clock = options.clock();
        minerKeys = ConcurrentHashMap.newKeySet();
        minerKeys.addAll(options.minerKeys());
        minerKeys.add(minerKey);
        logins = new Logins(identifiers, clock, quirks);
        receipts = new Receipts(identifiers, clock, quirks);
        Payments payments = new Payments(identifiers, clock, quirks, chain);
        jobs = new Jobs(identifiers, clock, quirks, payments);
        Miners miners = new Miners(clock, quirks, jobs);
        Results results = new Results(identifiers, quirks, receipts, payments, jobs);
        logins.addTo(routes);
        new JobRoutes(jobs, results).addTo(routes);
        new PaymentRoutes(jobs, payments, results, quirks).addTo(routes);
        new MinerRoutes(identifiers, jobs, miners, results).addTo(routes);
        new MarketRoutes(miners, jobs, clock).addTo(routes);
        new InferenceRoutes(hub, quirks, identifiers).addTo(routes);
    }

    String signingKeyId() {
        return receipts.signingKeyId();
    }

    String attestationKeyId() {
        return receipts.attestationKeyId();
    }

    /** Whether anyone still waits for the job. */
    boolean wanted(String jobId) {
        return locked(() -> jobs.find(jobId).filter(job -> job.state.open()).isPresent());
    }

    /** A job that was canceled before it started and is to be computed all the same, if there is one. */
    Optional<Job> pollCanceled() {
        return locked(jobs::pollCanceled);
    }

    /** The name of the route of a request, empty for a path the coordinator does not have. */
    Optional<String> routeName(ApiRequest request) {
        return matrix.find(request.method(), request.path())
                .map(match -> match.route().name());
    }

    ApiResponse handle(ApiRequest request) {
        try {
            return dispatch(request);
        } catch (ApiFailure e) {
            return e.response();
        } catch (Validation.Failure e) {
            return e.response(TimeText.broken(clock.instant()), request.header("x-request-id"));
        } catch (RuntimeException e) {
            LOG.warn("devnet coordinator failed method={} path={}", request.method(), request.path(), e);
            return ApiResponse.internalError(request.path());
        }
    }

    private ApiResponse dispatch(ApiRequest request) {
        Optional<SecurityMatrix.Match> match = matrix.find(request.method(), request.path());
        SecurityMatrix.Access access =
                match.map(found -> found.route().access()).orElse(SecurityMatrix.Access.DENY);
        Routes.Caller caller =
                access == SecurityMatrix.Access.NONE ? new Routes.Caller.Nobody() : authenticate(request);
        if (match.isEmpty() || !allowed(access, caller)) {
            throw new ApiFailure(ApiResponse.detail(403, "Forbidden").unhandled());
        }
        Optional<Routes.Entry> entry = routes.find(match.get().route().name());
        if (entry.isEmpty()) {
            return ApiResponse.detail(501, "Not part of the devnet");
        }
        Routes.Call call = new Routes.Call(request, match.get().variables(), caller);
        Routes.Handler handler = entry.get().handler();
        return entry.get().alone() ? locked(() -> handler.handle(call)) : handler.handle(call);
    }

    private static boolean allowed(SecurityMatrix.Access access, Routes.Caller caller) {
        return switch (access) {
            case NONE -> true;
            case ANY -> !(caller instanceof Routes.Caller.Nobody);
            case CLIENT, ADMIN_OR_CLIENT -> caller instanceof Routes.Caller.Client;
            case MINER -> caller instanceof Routes.Caller.MinerKey;
            case ADMIN, DENY -> false;
        };
    }

    private Routes.Caller authenticate(ApiRequest request) {
        Optional<String> authorization = request.header("authorization");
        if (authorization.isPresent()) {
            String value = authorization.get();
            String token = value.toLowerCase(Locale.ROOT).startsWith("bearer ")
                    ? value.substring(7).strip()
                    : "";
            return locked(() -> logins.userOf(token))
                    .<Routes.Caller>map(Routes.Caller.Client::new)
                    .orElseThrow(() -> bearerRefused("Invalid token"));
        }
        String key = request.header("x-api-key").orElseThrow(() -> bearerRefused("Authentication required"));
        if (!knownKey(key)) {
            throw new ApiFailure(ApiResponse.detail(401, "Invalid API key").unhandled());
        }
        return new Routes.Caller.MinerKey(request.header("x-miner-id").orElse(key));
    }

    private boolean knownKey(String key) {
        byte[] given = key.getBytes(StandardCharsets.UTF_8);
        boolean known = false;
        for (String candidate : minerKeys) {
            known |= MessageDigest.isEqual(candidate.getBytes(StandardCharsets.UTF_8), given);
        }
        return known;
    }

    private static ApiFailure bearerRefused(String text) {
        ApiResponse refusal = ApiResponse.detail(401, text).unhandled();
        return new ApiFailure(refusal.withHeader("WWW-Authenticate", "Bearer"));
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** The headers the embedded miner calls with. */
    static Map<String, String> minerHeaders(String key, String minerId) {
        return Map.of("x-api-key", key, "x-miner-id", minerId, "content-type", "application/json");
    }
}
