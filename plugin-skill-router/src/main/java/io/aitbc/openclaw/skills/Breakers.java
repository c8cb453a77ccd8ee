package io.aitbc.openclaw.skills;

import io.aitbc.openclaw.api.inference.InferenceProvider;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One breaker a provider. There are as many as there are provider ids, so few. */
final class Breakers {
    private final Map<String, Breaker> byProvider = new ConcurrentHashMap<>();
    private final InstantSource clock;

    Breakers(InstantSource clock) {
        this.clock = clock;
    }

    Breaker of(InferenceProvider provider) {
        String id = provider.id();
        Breaker known = byProvider.get(id);
        return known != null ? known : byProvider.computeIfAbsent(id, ignored -> new Breaker(clock));
    }
}
