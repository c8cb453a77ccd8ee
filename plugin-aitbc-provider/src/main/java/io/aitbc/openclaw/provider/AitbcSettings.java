package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PluginConfig;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.network.SpendingLimits;
import io.aitbc.openclaw.provider.coordinator.BaseUrl;
import io.aitbc.openclaw.provider.coordinator.Wallet;
import io.aitbc.openclaw.provider.privacy.PrivacyFloor;
import io.aitbc.openclaw.provider.privacy.Redactor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

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
record AitbcSettings(
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

    private static final int LONGEST_KEY_FILE = 4096;

    static AitbcSettings of(PluginConfig config) {
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
        return config.text(key)
                .orElseThrow(() -> new OpenClawException(
                        ErrorCode.INVALID_CONFIG,
                        "%s.%s is not set: give the network's URL, or switch the network off"
                                .formatted(config.section(), key)));
    }

    private static Optional<Wallet> wallet(PluginConfig config) {
        Optional<String> key = config.text("wallet-key");
        Optional<String> file = config.text("wallet-key-file");
        if (key.isPresent() && file.isPresent()) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG,
                    "%s has both wallet-key and wallet-key-file: keep one".formatted(config.section()));
        }
        return key.or(() -> file.map(path -> read(config, Path.of(path)))).map(Wallet::of);
    }

    private static String read(PluginConfig config, Path file) {
        try {
            if (Files.size(file) > LONGEST_KEY_FILE) {
                throw invalid(config, "wallet-key-file", "a small file that holds nothing but the key");
            }
            return Files.readString(file, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            // Not the cause's text: it may quote the file.
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG,
                    "%s.wallet-key-file cannot be read: %s".formatted(config.section(), file));
        }
    }

    private static Set<String> keys(PluginConfig config) {
        return Arrays.stream(config.text("trusted-receipt-keys", "").split(","))
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
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

    static Duration within(PluginConfig config, String key, Duration fallback, Duration least, Duration most) {
        Duration duration = config.duration(key, fallback);
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw invalid(config, key, "from %d ms to %d s".formatted(least.toMillis(), most.toSeconds()));
        }
        return duration;
    }

    static OpenClawException invalid(PluginConfig config, String key, String wanted) {
        return new OpenClawException(
                ErrorCode.INVALID_CONFIG, "%s.%s must be %s".formatted(config.section(), key, wanted));
    }
}
