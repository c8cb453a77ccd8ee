package io.aitbc.openclaw.api.service;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a service fares.
 *
 * @param summary one line for people; no secrets, no prompts
 * @param facts figures and words worth showing, by name in lower case with hyphens, in the order to show them
 */
public record ServiceHealth(State state, String summary, Map<String, String> facts) {
    /** What a service does. */
    public enum State {
        /** Not started, or stopped. */
        STOPPED,
        /** Works. */
        RUNNING,
        /** Started, and cannot do all of its work now: something it needs is away. It goes on by itself. */
        DEGRADED,
        /** Gave up; it needs a person. */
        FAILED
    }

    public ServiceHealth {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /** Without facts. */
    public static ServiceHealth of(State state, String summary) {
        return new ServiceHealth(state, summary, Map.of());
    }
}
