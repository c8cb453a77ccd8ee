package io.aitbc.openclaw.provider;

import static io.aitbc.openclaw.provider.config.Settings.invalid;
import static io.aitbc.openclaw.provider.config.Settings.within;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PluginConfig;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.network.SpendingLimits;
import io.aitbc.openclaw.provider.config.Settings;
import io.aitbc.openclaw.provider.coordinator.BaseUrl;
import io.aitbc.openclaw.provider.coordinator.Wallet;
import io.aitbc.openclaw.provider.privacy.PrivacyFloor;
import io.aitbc.openclaw.provider.privacy.Redactor;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The plugin's configuration, checked.
 *
 * @param wallet absent: offers can be read, nothing can be bought
 * @param trustedReceiptKeys keys whose receipts are accepted; empty: any, without assurance
 * @param requireReceipt whether an answer without a receipt is refused
 * @param queueTimeout how long a job may wait for a miner
 * @param runTimeout how long a miner may work; the production miner gives its model 60 seconds
 * @param refuseIgnoredOptions whether a request with options that miners ignore is refused; otherwise they are declared
 * @param contextLength what the operator states about the miners
 * @param assumedContextLength told to clients when nothing is stated
 * @param direct how providers are asked without the coordinator
 * @param privacy the least privacy of requests for a model
 * @param redactor what requests are freed from when they ask for it
 * @param maxOutputTokens what is paid for when a request does not limit the length of its answer
 */
public record AitbcSettings(
        BaseUrl coordinator,
        BaseUrl marketplace,
        Optional<Wallet> wallet,
        Set<String> trustedReceiptKeys,
        boolean requireReceipt,
        SpendingLimits limits,
        Duration jobTtl,
        Duration queueTimeout,
        Duration runTimeout,
        Duration pollInterval,
        Duration offerRefresh,
        boolean refuseIgnoredOptions,
        OptionalInt contextLength,
        OptionalInt assumedContextLength,
        int maxOutputTokens,
        boolean testNetwork,
        NetworkAccess access,
        DirectSettings direct,
        PrivacyFloor privacy,
        Redactor redactor) {

    /** Jobs of this price and above are held back by the network's default gates and never reach a miner. */
    private static final TokenAmount GATED = TokenAmount.parse("10", Rail.AITBC);

    public static AitbcSettings of(PluginConfig config) {
        KnownSettings.require(config);
        Duration jobTtl = within(config, "job-ttl", Duration.ofSeconds(300), Duration.ofSeconds(1), Duration.ofDays(1));
        TokenAmount perJob = config.amount("max-price-per-job", Rail.AITBC, TokenAmount.parse("0.10", Rail.AITBC));
        if (perJob.compareTo(GATED) >= 0) {
            throw invalid(config, "max-price-per-job", "less than 10: the network holds back jobs of 10 AIT and more");
        }
        Optional<Wallet> wallet = wallet(config);
        return new AitbcSettings(
                BaseUrl.of(config.section() + ".coordinator-url", required(config, "coordinator-url")),
                BaseUrl.of(config.section() + ".marketplace-url", required(config, "marketplace-url")),
                wallet,
                keys(config),
                config.flag("require-receipt", false),
                new SpendingLimits(
                        perJob, config.amount("daily-budget", Rail.AITBC, TokenAmount.parse("1", Rail.AITBC))),
                jobTtl,
                within(config, "queue-timeout", Duration.ofSeconds(60), Duration.ofMillis(10), Duration.ofDays(1)),
                within(config, "run-timeout", Duration.ofSeconds(120), Duration.ofMillis(10), Duration.ofDays(1)),
                within(config, "poll-interval", Duration.ofSeconds(1), Duration.ofMillis(1), Duration.ofMinutes(1)),
                within(config, "offer-refresh", Duration.ofSeconds(60), Duration.ofMillis(10), Duration.ofDays(1)),
                refuse(config),
                tokens(config, "context-length", 0),
                tokens(config, "assumed-context-length", 32768),
                tokens(config, "max-output-tokens", 1024)
                        .orElseThrow(() -> invalid(config, "max-output-tokens", "at least 1")),
                config.flag("test-network", false),
                NetworkAccess.of(config, wallet),
                DirectSettings.of(config),
                PrivacyFloor.parse(config.section() + ".privacy", config.text("privacy", "")),
                Redactor.of(config));
    }

    /** The context length to work with, stated or assumed. */
    OptionalInt usedContextLength() {
        return contextLength.isPresent() ? contextLength : assumedContextLength;
    }

    /** How long an answer is paid for. */
    int outputTokens(OptionalInt asked) {
        return asked.isPresent() && asked.getAsInt() > 0 ? asked.getAsInt() : maxOutputTokens;
    }

    void requireWallet() {
        if (wallet.isEmpty()) {
            throw new OpenClawException(
                    ErrorCode.MISSING_KEY,
                    "No AITBC wallet key: set plugins.aitbc-provider.wallet-key or wallet-key-file to use the network");
        }
    }

    private static String required(PluginConfig config, String key) {
        return Settings.required(config, key, "give the network's URL, or switch the network off");
    }

    private static Optional<Wallet> wallet(PluginConfig config) {
        return Settings.secret(config, "wallet-key").map(Wallet::of);
    }

    private static Set<String> keys(PluginConfig config) {
        return Set.copyOf(Settings.words(config, "trusted-receipt-keys"));
    }

    private static boolean refuse(PluginConfig config) {
        return switch (config.text("ignored-options", "declare")) {
            case "declare" -> false;
            case "refuse" -> true;
            default -> throw invalid(config, "ignored-options", "declare or refuse");
        };
    }

    private static OptionalInt tokens(PluginConfig config, String key, int fallback) {
        long tokens = config.integer(key, fallback);
        if (tokens < 0 || tokens > 100_000_000) {
            throw invalid(config, key, "a number of tokens");
        }
        return tokens == 0 ? OptionalInt.empty() : OptionalInt.of((int) tokens);
    }
}
