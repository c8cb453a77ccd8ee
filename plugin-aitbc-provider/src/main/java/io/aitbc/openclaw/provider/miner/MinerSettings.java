package io.aitbc.openclaw.provider.miner;

import static io.aitbc.openclaw.provider.config.Settings.invalid;
import static io.aitbc.openclaw.provider.config.Settings.within;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PluginConfig;
import io.aitbc.openclaw.provider.ModelNames;
import io.aitbc.openclaw.provider.config.Settings;
import io.aitbc.openclaw.provider.coordinator.Ids;
import io.aitbc.openclaw.provider.coordinator.MinerKey;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the operator lets strangers use.
 *
 * @param models names with tags, in lower case; {@link #ANY} stands for all
 * @param price AIT per 1,000 tokens; jobs name the most they accept
 * @param honestFailures whether a failure is reported as one; otherwise as a result, which the network pays for
 * @param grace how long running jobs may go on when the miner is stopped; a host waits ten seconds for all of it
 * @param offer whether to publish offers, and where they ask to be paid
 */
record MinerSettings(
        MinerKey key,
        Set<String> models,
        BigDecimal price,
        String region,
        Optional<Gpu> gpu,
        int concurrency,
        JobLimits limits,
        DailyLimit daily,
        Duration pollInterval,
        Duration heartbeatInterval,
        boolean honestFailures,
        Duration grace,
        Optional<String> payoutAddress,
        boolean offer) {
    static final String ANY = "*";
    private static final String PREFIX = "miner.";
    private static final Duration DAY = Duration.ofDays(1);

    /** A card as jobs may ask for it; the host cannot find out by itself. */
    record Gpu(String name, int memoryMegabytes) {}

    /** Bounds of one job; the prompt's in bytes of UTF-8. */
    record JobLimits(int promptBytes, int outputTokens, Duration time) {}

    /** Bounds of one day (UTC); without one there is none. */
    record DailyLimit(OptionalInt jobs, Optional<Duration> time) {}

    /** @return empty when no miner is wanted */
    static Optional<MinerSettings> of(PluginConfig config) {
        return config.flag(PREFIX + "enabled", false) ? Optional.of(read(config)) : Optional.empty();
    }

    private static MinerSettings read(PluginConfig config) {
        MinerKey key = key(config).orElseThrow(() -> missing(config, "id and key"));
        return new MinerSettings(
                key,
                models(config),
                price(config),
                config.text(PREFIX + "region", "localhost").strip(),
                gpu(config),
                within(config, PREFIX + "concurrency", 1, 1, 64),
                new JobLimits(
                        within(config, PREFIX + "max-prompt-bytes", 65_536, 1, 8 * 1024 * 1024),
                        within(config, PREFIX + "max-output-tokens", 1024, 1, 100_000),
                        time(config, "max-job-time", 60, Duration.ofMinutes(30))),
                daily(config),
                time(config, "poll-interval", 3, Duration.ofMinutes(5)),
                time(config, "heartbeat-interval", 15, Duration.ofMinutes(5)),
                honest(config),
                within(config, PREFIX + "stop-grace", Duration.ofSeconds(3), Duration.ZERO, Duration.ofSeconds(5)),
                payoutAddress(config),
                config.flag(PREFIX + "offer", false));
    }

    /** Also without a miner: what was computed before it was switched off is still delivered. */
    static Optional<MinerKey> key(PluginConfig config) {
        Optional<String> id = config.text(PREFIX + "id").map(String::strip);
        Optional<String> secret = Settings.secret(config, PREFIX + "key").map(String::strip);
        if (id.isEmpty() || secret.isEmpty()) {
            return Optional.empty();
        }
        if (!Ids.valid(id.get())) {
            throw invalid(config, PREFIX + "id", "up to 128 letters, digits, dots, hyphens and underscores");
        }
        if (!MinerKey.usable(secret.get())) {
            throw invalid(config, PREFIX + "key", "up to 256 printable ASCII characters without blanks");
        }
        if (id.get().equals(secret.get())) {
            throw invalid(config, PREFIX + "id", "something else than the key: the network publishes ids");
        }
        return Optional.of(new MinerKey(id.get(), secret.get()));
    }

    private static Set<String> models(PluginConfig config) {
        Set<String> words = Settings.words(config, PREFIX + "models");
        if (words.isEmpty()) {
            throw missing(config, "models");
        }
        for (String word : words) {
            if (!word.equals(ANY) && !ModelNames.usable(word)) {
                throw invalid(config, PREFIX + "models", "names of models separated by commas, or *");
            }
        }
        return words.stream()
                .map(word -> word.equals(ANY) ? ANY : ModelNames.key(word))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static OpenClawException missing(PluginConfig config, String what) {
        return new OpenClawException(
                ErrorCode.INVALID_CONFIG,
                "%s.miner.enabled is true, but miner.%s are not set: name them, nothing is offered by default"
                        .formatted(config.section(), what));
    }

    private static BigDecimal price(PluginConfig config) {
        String text = config.text(PREFIX + "price", "0.01").strip();
        if (!text.matches("\\d{1,6}(\\.\\d{1,8})?")) {
            throw invalid(config, PREFIX + "price", "AIT per 1,000 tokens, such as 0.01");
        }
        return new BigDecimal(text);
    }

    private static Optional<Gpu> gpu(PluginConfig config) {
        int memory = within(config, PREFIX + "gpu-memory-mb", 0, 0, 10_000_000);
        return config.text(PREFIX + "gpu").map(name -> new Gpu(name.strip(), memory));
    }

    private static DailyLimit daily(PluginConfig config) {
        int jobs = within(config, PREFIX + "daily-jobs", 0, 0, 1_000_000);
        Duration time = within(config, PREFIX + "daily-time", Duration.ZERO, Duration.ZERO, DAY);
        return new DailyLimit(
                jobs == 0 ? OptionalInt.empty() : OptionalInt.of(jobs),
                time.isZero() ? Optional.empty() : Optional.of(time));
    }

    private static boolean honest(PluginConfig config) {
        return switch (config.text(PREFIX + "report-failures", "fail")) {
            case "fail" -> true;
            case "result" -> false;
            default -> throw invalid(config, PREFIX + "report-failures", "fail or result");
        };
    }

    private static Optional<String> payoutAddress(PluginConfig config) {
        Optional<String> address = config.text(PREFIX + "payout-address").map(String::strip);
        if (address.isPresent() && !Ids.address(address.get())) {
            throw invalid(config, PREFIX + "payout-address", "0x and 40 hexadecimal digits");
        }
        return address;
    }

    private static Duration time(PluginConfig config, String key, int seconds, Duration most) {
        return within(config, PREFIX + key, Duration.ofSeconds(seconds), Duration.ofMillis(1), most);
    }
}
