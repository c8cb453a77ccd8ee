package io.aitbc.openclaw.provider.coordinator;

import java.util.Optional;

/**
 * Who we are at a coordinator.
 *
 * @param wallet signs in at a current coordinator
 * @param apiKey is shown to one of March 2026; never in logs
 * @param profile empty: found out by asking
 */
public record Account(Optional<Wallet> wallet, Optional<String> apiKey, Optional<Profile> profile) {
    @Override
    public String toString() {
        return "Account[%s %s]".formatted(wallet, profile);
    }
}
