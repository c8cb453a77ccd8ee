package io.aitbc.openclaw.skills;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PluginConfig;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How to route.
 *
 * @param maxLocalMemory cap on the memory a local model may need, bytes
 * @param memoryHeadroom factor on the estimated need; at least 1
 * @param firstByteTimeout longest silence before the first content, while somebody else could be asked instead
 * @param waitingTimeout longest time before the first content, however lively the provider
 * @param embedTimeout longest time for embeddings
 */
record RouterSettings(
        Offload offload,
        OptionalLong maxLocalMemory,
        double memoryHeadroom,
        Duration firstByteTimeout,
        Duration waitingTimeout,
        Duration embedTimeout) {

    private static final Set<String> KEYS = Set.of(
            "offload", "max-local-memory", "memory-headroom", "first-byte-timeout", "waiting-timeout", "embed-timeout");

    static RouterSettings from(PluginConfig config) {
        config.requireKnown(KEYS);
        long cap = config.integer("max-local-memory", -1);
        return new RouterSettings(
                offload(config),
                cap < 0 ? OptionalLong.empty() : OptionalLong.of(cap),
                headroom(config),
                positive(config, "first-byte-timeout", Duration.ofMinutes(2)),
                positive(config, "waiting-timeout", Duration.ofMinutes(10)),
                positive(config, "embed-timeout", Duration.ofMinutes(2)));
    }

    private static Offload offload(PluginConfig config) {
        String text = config.text("offload", "explicit").strip();
        for (Offload offload : Offload.values()) {
            if (offload.name().toLowerCase(Locale.ROOT).equals(text)) {
                return offload;
            }
        }
        throw invalid(config, "offload", "auto, explicit or off", text);
    }

    private static double headroom(PluginConfig config) {
        String text = config.text("memory-headroom", "1.1").strip();
        try {
            double factor = Double.parseDouble(text);
            if (factor >= 1 && factor <= 10) {
                return factor;
            }
        } catch (NumberFormatException e) {
            throw invalid(config, "memory-headroom", "a number from 1 to 10", text);
        }
        throw invalid(config, "memory-headroom", "a number from 1 to 10", text);
    }

    private static Duration positive(PluginConfig config, String key, Duration fallback) {
        Duration value = config.duration(key, fallback);
        if (value.isNegative() || value.isZero()) {
            throw invalid(config, key, "longer than nothing", value.toString());
        }
        return value;
    }

    private static OpenClawException invalid(PluginConfig config, String key, String wanted, String value) {
        return new OpenClawException(
                ErrorCode.INVALID_CONFIG, "%s.%s must be %s, not '%s'".formatted(config.section(), key, wanted, value));
    }
}
