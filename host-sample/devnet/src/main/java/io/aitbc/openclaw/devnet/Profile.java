package io.aitbc.openclaw.devnet;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.util.Arrays;
import java.util.Locale;

/** Which age of the network software a devnet speaks. */
public enum Profile {
    /** Clients sign in with a wallet and carry a token; decimals are strings; times have a zone. */
    CURRENT,

    /**
     * The software of March 2026: clients carry any {@code X-Api-Key}, amounts are floats, times have no zone, jobs show
     * eight fields, the oldest job goes to whoever polls, and reporting a failure crashes.
     */
    MARCH;

    /** The name used on command lines: {@code march}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws OpenClawException {@link ErrorCode#INVALID_CONFIG} when there is none of that {@link #wireName()} */
    public static Profile of(String wireName) {
        return Arrays.stream(values())
                .filter(profile -> profile.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new OpenClawException(
                        ErrorCode.INVALID_CONFIG,
                        "unknown devnet profile '%s'; known: current, march".formatted(wireName)));
    }
}
