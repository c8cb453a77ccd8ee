package io.aitbc.openclaw.provider.direct;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Endpoints that failed a moment ago, which are asked last. */
public final class RecentFailures {
    private static final Duration REMEMBERED = Duration.ofSeconds(30);
    private static final int MOST = 1000;

    private final InstantSource clock;
    private final Map<String, Instant> failures = new LinkedHashMap<>();

    public RecentFailures(InstantSource clock) {
        this.clock = clock;
    }

    public synchronized void add(DirectEndpoint endpoint) {
        failures.remove(endpoint.toString());
        failures.put(endpoint.toString(), clock.instant());
        if (failures.size() > MOST) {
            Iterator<String> oldestFirst = failures.keySet().iterator();
            oldestFirst.next();
            oldestFirst.remove();
        }
    }

    public synchronized boolean contains(DirectEndpoint endpoint) {
        Instant failedAt = failures.get(endpoint.toString());
        return failedAt != null && clock.instant().isBefore(failedAt.plus(REMEMBERED));
    }
}
