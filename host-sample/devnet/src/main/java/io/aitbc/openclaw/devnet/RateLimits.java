package io.aitbc.openclaw.devnet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The sliding windows of the network's services, one per route. Every client of a loopback port has the same address anyway. */
final class RateLimits {
    private record Limit(int calls, Duration window) {}

    private static final Map<String, Limit> LIMITS = Map.ofEntries(
            perMinute("POST /v1/auth/nonce", 20),
            perMinute("POST /v1/login", 20),
            perMinute("POST /v1/jobs", 50),
            perMinute("GET /v1/jobs", 200),
            perMinute("GET /v1/jobs/{job_id}", 200),
            perMinute("GET /v1/jobs/{job_id}/result", 200),
            perMinute("GET /v1/jobs/{job_id}/receipt", 200),
            perMinute("GET /v1/jobs/{job_id}/receipts", 200),
            perMinute("POST /v1/jobs/{job_id}/cancel", 50),
            perMinute("GET /v1/exchange/rates", 500),
            perMinute("POST /v1/zk/verify", 50),
            perMinute("POST /v1/zk/generate", 20),
            perMinute("POST /v1/miners/register", 50),
            perMinute("POST /v1/miners/heartbeat", 100),
            perMinute("POST /v1/miners/poll", 100),
            perMinute("POST /v1/miners/{job_id}/result", 50),
            perMinute("POST /v1/miners/{job_id}/fail", 50),
            Map.entry("POST /rpc/faucet", new Limit(10, Duration.ofHours(1))));

    private static Map.Entry<String, Limit> perMinute(String routeName, int calls) {
        return Map.entry(routeName, new Limit(calls, Duration.ofMinutes(1)));
    }

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Deque<Instant>> calls = new HashMap<>();

    RateLimits(InstantSource clock) {
        this.clock = clock;
    }

    /** What a caller over the limit gets. */
    static ApiResponse refusal() {
        return ApiResponse.detail(429, "Rate limit exceeded").withHeader("Retry-After", "60");
    }

    /** Forgets all calls. */
    void reset() {
        lock.lock();
        try {
            calls.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Counts a call unless it is over the limit. */
    boolean exceeded(String routeName) {
        Limit limit = LIMITS.get(routeName);
        if (limit == null) {
            return false;
        }
        Instant now = clock.instant();
        lock.lock();
        try {
            Deque<Instant> window = calls.computeIfAbsent(routeName, name -> new ArrayDeque<>());
            while (!window.isEmpty() && !window.peek().plus(limit.window()).isAfter(now)) {
                window.poll();
            }
            if (window.size() >= limit.calls()) {
                return true;
            }
            window.add(now);
            return false;
        } finally {
            lock.unlock();
        }
    }
}
