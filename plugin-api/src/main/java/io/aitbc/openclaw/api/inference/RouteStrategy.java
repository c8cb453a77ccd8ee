package io.aitbc.openclaw.api.inference;

import java.util.Locale;

/** Which kinds of compute a plan uses. */
public enum RouteStrategy {
    /** The operator's own engines only. */
    LOCAL,
    /** The network only. */
    AITBC,
    /** Both: one first, the other when it fails before the first byte. */
    HYBRID;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
