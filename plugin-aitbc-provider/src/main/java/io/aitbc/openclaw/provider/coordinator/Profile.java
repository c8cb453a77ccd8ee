package io.aitbc.openclaw.provider.coordinator;

import java.util.Locale;

/** Which of its two protocols a coordinator speaks. */
public enum Profile {
    /** August 2026: clients sign in with their wallet and show a token. */
    CURRENT,
    /** March 2026: clients show an API key; amounts are floats, times have no zone, jobs do not show their payload. */
    MARCH;

    /** {@code current} or {@code march}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
