package io.aitbc.openclaw.devnet;

import io.aitbc.openclaw.api.inference.LocalEngine;
import java.math.BigDecimal;
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
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

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
    private final Profile profile;
    private final Jobs jobs;
    private final Miners miners;
    private final Payments payments;
    private final Receipts receipts;

    Coordinator(
            DevnetOptions options,
            Identifiers identifiers,
            QuirkBoard quirks,
            String minerKey,
            LocalEngine hub,
            Chain chain) {
        clock = options.clock();
        profile = options.profile();
        minerKeys = ConcurrentHashMap.newKeySet();
        minerKeys.addAll(options.minerKeys());
        minerKeys.add(minerKey);
        logins = new Logins(identifiers, clock, quirks);
        receipts = new Receipts(profile, identifiers, clock, quirks);
        payments = new Payments(identifiers, clock, quirks, chain);
        RecordedProofs proofs = RecordedProofs.load();
        Proving proving = new Proving(options, quirks, proofs);
        jobs = new Jobs(identifiers, clock, quirks, payments, proving, options.mostJobs());
        miners = new Miners(clock, quirks, jobs, profile == Profile.MARCH);
        Results results = new Results(profile, identifiers, quirks, receipts, payments, proving, jobs);
        logins.addTo(routes);
        new JobRoutes(jobs, results).addTo(routes);
        new PaymentRoutes(jobs, payments, results, quirks).addTo(routes);
        new MinerRoutes(profile, identifiers, jobs, miners, results).addTo(routes);
        new MarketRoutes(profile, miners, jobs, clock).addTo(routes);
        new ZkRoutes(jobs, proofs).addTo(routes);
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
        return locked(() -> jobs.find(jobId).filter(job -> job.state().open()).isPresent());
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
        ApiResponse response = answer(request);
        return profile == Profile.MARCH ? March.translated(response) : response;
    }

    private ApiResponse answer(ApiRequest request) {
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
        Optional<String> name = match.map(found -> found.route().name());
        if (profile == Profile.MARCH
                && (access == SecurityMatrix.Access.DENY
                        || name.filter(March::lacks).isPresent())) {
            return ApiResponse.detail(404, "Not Found");
        }
        Routes.Caller caller =
                access == SecurityMatrix.Access.NONE ? new Routes.Caller.Nobody() : authenticate(request, access, name);
        if (match.isEmpty() || !allowed(access, caller)) {
            throw new ApiFailure(ApiResponse.detail(403, "Forbidden").unhandled());
        }
        Optional<Routes.Entry> entry = routes.find(match.get().route().name());
        if (entry.isEmpty()) {
            return ApiResponse.detail(501, "Not part of the devnet");
        }
        Routes.Call call = new Routes.Call(request, match.get().variables(), caller);
        Routes.Handler handler = entry.get().handler();
        if (entry.get().alone()) {
            return locked(() -> handler.handle(call));
        }
        // What holds up the coordinator holds up this request too, but not the other way round.
        return handler.handle(locked(() -> call));
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

    private Routes.Caller authenticate(ApiRequest request, SecurityMatrix.Access access, Optional<String> routeName) {
        if (profile == Profile.MARCH) {
            return authenticateInMarch(request, access, routeName.orElse(""));
        }
        Optional<String> authorization = request.header("authorization");
        if (authorization.isPresent()) {
            String value = authorization.get();
            String token = value.toLowerCase(Locale.ROOT).startsWith("bearer ")
                    ? value.substring(7).strip()
                    : "";
            return logins.userOf(token)
                    .<Routes.Caller>map(Routes.Caller.Client::new)
                    .orElseThrow(() -> bearerRefused("Invalid token"));
        }
        String key = request.header("x-api-key").orElseThrow(() -> bearerRefused("Authentication required"));
        if (!knownKey(key)) {
            throw new ApiFailure(ApiResponse.detail(401, "Invalid API key").unhandled());
        }
        return new Routes.Caller.MinerKey(request.header("x-miner-id").orElse(key));
    }

    /** In its development mode any key will do. Who polls or reports is known by the key, who registers by the name. */
    private static Routes.Caller authenticateInMarch(
            ApiRequest request, SecurityMatrix.Access access, String routeName) {
        String key = request.header("x-api-key")
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> new ApiFailure(ApiResponse.detail(401, "Invalid API key")));
        if (access != SecurityMatrix.Access.MINER) {
            return new Routes.Caller.Client(key);
        }
        boolean named = routeName.endsWith("/register") || routeName.endsWith("/heartbeat");
        return new Routes.Caller.MinerKey(named ? request.header("x-miner-id").orElse(key) : key);
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

    Profile profile() {
        return profile;
    }

    /** Gives a miner something to lose. */
    void bond(String minerId, BigDecimal amount) {
        locked(() -> {
            miners.bond(minerId, amount);
            return amount;
        });
    }

    boolean deregister(String minerId) {
        return locked(() -> miners.remove(minerId));
    }

    /** Forgets jobs and payments; miners stay registered, tokens stay good. */
    void reset() {
        locked(() -> {
            jobs.reset();
            miners.reset();
            return jobs;
        });
    }

    /** How many jobs have each state, how many payments each status, and who is registered. */
    ObjectNode summary() {
        return locked(() -> {
            ObjectNode body = Json.object();
            ObjectNode states = body.putObject("jobs");
            for (JobState state : JobState.values()) {
                states.put(state.name(), 0);
            }
            jobs.all()
                    .forEach(job -> states.put(
                            job.state().name(), states.path(job.state().name()).intValue() + 1));
            ObjectNode statuses = body.putObject("payments");
            Map<Payment.Status, Integer> counts = payments.counts();
            for (Payment.Status status : Payment.Status.values()) {
                statuses.put(status.wireName(), counts.getOrDefault(status, 0));
            }
            ArrayNode registered = body.putArray("miners");
            for (Miner miner : miners.all()) {
                registered.add(Json.object()
                        .put("id", miner.id)
                        .put("status", miner.status)
                        .put("inflight", miner.inflight)
                        .put("concurrency", miner.concurrency)
                        .put("completed", miner.completed)
                        .put("failed", miner.failed)
                        .put("reputation", miner.reputation())
                        .put("bond", miners.bond(miner.id)));
            }
            return body;
        });
    }

    /** The headers the embedded miner calls with. */
    static Map<String, String> minerHeaders(String key, String minerId) {
        return Map.of("x-api-key", key, "x-miner-id", minerId, "content-type", "application/json");
    }
}
