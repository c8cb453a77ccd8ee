package io.aitbc.openclaw.provider.coordinator;

import java.util.Optional;

/**
 * Who we are at a coordinator.
 *
 * @param wallet signs in at a current coordinator
 * @param apiKey is shown to one of March 2026; never in logs
 * @param profile empty: found out by asking
 * @param lowest a coordinator that speaks an older protocol gets no jobs and no money; what it has already is looked after
 */
public record Account(Optional<Wallet> wallet, Optional<String> apiKey, Optional<Profile> profile, Profile lowest) {
    /** At a coordinator of any age. */
    public Account(Optional<Wallet> wallet, Optional<String> apiKey, Optional<Profile> profile) {
        this(wallet, apiKey, profile, Profile.MARCH);
    }

    @Override
    public String toString() {
        return "Account[%s %s]".formatted(wallet, profile);
    }
}
