package io.aitbc.openclaw.provider.coordinator;

import java.util.Locale;

/** Which of its two protocols a coordinator speaks; the newer one first. */
public enum Profile {
    /** August 2026: clients sign in with their wallet and show a token. */
    CURRENT,
    /** March 2026: clients show an API key; amounts are floats, times have no zone, jobs do not show their payload. */
    MARCH;

    public static final Profile OLDEST = MARCH;

    public boolean isOlderThan(Profile other) {
        return compareTo(other) > 0;
    }

    /** {@code current} or {@code march}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
