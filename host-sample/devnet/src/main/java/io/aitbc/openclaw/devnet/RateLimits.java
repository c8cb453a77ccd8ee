package io.aitbc.openclaw.devnet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The coordinator's sliding windows, one per route. Every client of a loopback port has the same address anyway. */
final class RateLimits {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Map<String, Integer> PER_MINUTE = Map.ofEntries(
            Map.entry("POST /v1/auth/nonce", 20),
            Map.entry("POST /v1/login", 20),
            Map.entry("POST /v1/jobs", 50),
            Map.entry("GET /v1/jobs", 200),
            Map.entry("GET /v1/jobs/{job_id}", 200),
            Map.entry("GET /v1/jobs/{job_id}/result", 200),
            Map.entry("GET /v1/jobs/{job_id}/receipt", 200),
            Map.entry("GET /v1/jobs/{job_id}/receipts", 200),
            Map.entry("POST /v1/jobs/{job_id}/cancel", 50),
            Map.entry("GET /v1/exchange/rates", 500));

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Deque<Instant>> calls = new HashMap<>();

    RateLimits(InstantSource clock) {
        this.clock = clock;
    }

    /** Counts a call unless it is over the limit. */
    boolean exceeded(String routeName) {
        Integer limit = PER_MINUTE.get(routeName);
        if (limit == null) {
            return false;
        }
        Instant now = clock.instant();
        lock.lock();
        try {
            Deque<Instant> window = calls.computeIfAbsent(routeName, name -> new ArrayDeque<>());
            while (!window.isEmpty() && !window.peek().plus(WINDOW).isAfter(now)) {
                window.poll();
            }
            if (window.size() >= limit) {
                return true;
            }
            window.add(now);
            return false;
        } finally {
            lock.unlock();
        }
    }
}
