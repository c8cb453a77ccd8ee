package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PluginConfig;
import io.aitbc.openclaw.provider.coordinator.Account;
import io.aitbc.openclaw.provider.coordinator.BaseUrl;
import io.aitbc.openclaw.provider.coordinator.Pace;
import io.aitbc.openclaw.provider.coordinator.Profile;
import io.aitbc.openclaw.provider.coordinator.Wallet;
import java.time.Duration;
import java.util.Optional;

/**
 * How the services of a network are used besides the two that are always needed.
 *
 * @param chain node of the chain, for the status
 * @param registry of agents
 * @param lostAnswerWait how long a job may take to appear after the connection it was submitted over broke
 */
record NetworkAccess(
        Optional<BaseUrl> chain, Optional<BaseUrl> registry, Account account, Pace pace, Duration lostAnswerWait) {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /** Whether a coordinator that speaks it gets no jobs. */
    boolean tooOld(Profile spoken) {
        return spoken.isOlderThan(account.lowest());
    }

    static NetworkAccess of(PluginConfig config, Optional<Wallet> wallet) {
        return new NetworkAccess(
                url(config, "chain-url"),
                url(config, "agent-registry-url"),
                new Account(wallet, apiKey(config), profile(config), lowest(config)),
                pace(config),
                lostAnswerWait(config));
    }

    private static Optional<BaseUrl> url(PluginConfig config, String key) {
        return config.text(key).map(text -> BaseUrl.of(config.section() + "." + key, text));
    }

    private static Optional<String> apiKey(PluginConfig config) {
        Optional<String> key = config.text("api-key").map(String::strip);
        // It becomes a header; the text is not repeated, because it is a secret.
        if (key.filter(text -> !text.matches("[\\x21-\\x7e]{1,512}")).isPresent()) {
            throw invalid(config, "api-key", "printable ASCII without blanks, at most 512 characters");
        }
        return key;
    }

    private static Optional<Profile> profile(PluginConfig config) {
        return switch (config.text("profile", "auto")) {
            case "auto" -> Optional.empty();
            case "current" -> Optional.of(Profile.CURRENT);
            case "march" -> Optional.of(Profile.MARCH);
            default -> throw invalid(config, "profile", "auto, current or march");
        };
    }

    private static Profile lowest(PluginConfig config) {
        return switch (config.text("lowest-profile", "march")) {
            case "current" -> Profile.CURRENT;
            case "march" -> Profile.MARCH;
            default -> throw invalid(config, "lowest-profile", "current or march");
        };
    }

    private static Pace pace(PluginConfig config) {
        String fallback = config.flag("test-network", false) ? "learned" : "documented";
        return switch (config.text("rate-limits", fallback)) {
            case "documented" -> Pace.DOCUMENTED;
            case "learned" -> Pace.LEARNED;
            default -> throw invalid(config, "rate-limits", "documented or learned");
        };
    }

    private static Duration lostAnswerWait(PluginConfig config) {
        Duration wait = config.duration("lost-answer-wait", Duration.ofSeconds(15));
        if (wait.isNegative() || wait.compareTo(LONGEST_WAIT) > 0) {
            throw invalid(config, "lost-answer-wait", "0 to 300 s");
        }
        return wait;
    }

    private static OpenClawException invalid(PluginConfig config, String key, String wanted) {
        return new OpenClawException(
                ErrorCode.INVALID_CONFIG, "%s.%s must be %s".formatted(config.section(), key, wanted));
    }
}
