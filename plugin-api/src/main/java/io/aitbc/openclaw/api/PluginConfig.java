package io.aitbc.openclaw.api;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Settings of one plugin as text. Typed accessors throw {@link OpenClawException} with {@link ErrorCode#INVALID_CONFIG}
 * that names the key and the value when the text does not fit.
 *
 * @param section where the settings stand, for error texts: {@code plugins.aitbc-provider}
 * @param values keys without the section
 */
public record PluginConfig(String section, Map<String, String> values) {
    public PluginConfig {
        values = Map.copyOf(values);
    }

    public static PluginConfig empty(String section) {
        return new PluginConfig(section, Map.of());
    }

    /**
     * Refuses keys that the plugin does not read, so that a misspelt one is not taken for a set one.
     *
     * @param known keys without the section; {@code enabled}, which the host reads, need not be among them
     * @throws OpenClawException {@link ErrorCode#INVALID_CONFIG}, naming the first other key and those that are known
     */
    public void requireKnown(Set<String> known) {
        values.keySet().stream()
                .filter(key -> !key.equals("enabled") && !known.contains(key))
                .min(Comparator.naturalOrder())
                .ifPresent(key -> {
                    throw new OpenClawException(
                            ErrorCode.INVALID_CONFIG,
                            "Unknown setting '%s.%s'; known are %s"
                                    .formatted(section, key, String.join(", ", new TreeSet<>(known))));
                });
    }

    public Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key)).filter(value -> !value.isBlank());
    }

    public String text(String key, String fallback) {
        return text(key).orElse(fallback);
    }

    public long integer(String key, long fallback) {
        return text(key)
                .map(value -> parse(key, value, "a whole number", Long::parseLong))
                .orElse(fallback);
    }

    public boolean flag(String key, boolean fallback) {
        return text(key)
                .map(value -> parse(key, value, "true or false", PluginConfig::parseFlag))
                .orElse(fallback);
    }

    /** A duration such as {@code 250ms}, {@code 30s}, {@code 5m}, {@code 2h} or ISO-8601 {@code PT30S}. */
    public Duration duration(String key, Duration fallback) {
        return text(key)
                .map(value -> parse(key, value, "a duration such as 30s or 5m", Durations::parse))
                .orElse(fallback);
    }

    /** The most that may be spent, in whole coins of a rail, such as {@code 0.05}. */
    public TokenAmount amount(String key, Rail rail, TokenAmount fallback) {
        return text(key)
                .map(value ->
                        parse(key, value, "an amount in " + rail.symbol(), it -> TokenAmount.parseLimit(it, rail)))
                .orElse(fallback);
    }

    private <T> T parse(String key, String value, String wanted, java.util.function.Function<String, T> parser) {
        try {
            return parser.apply(value.strip());
        } catch (IllegalArgumentException | ArithmeticException | java.time.DateTimeException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG, "%s.%s must be %s, not '%s'".formatted(section, key, wanted, value), e);
        }
    }

    private static Boolean parseFlag(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(value);
        };
    }
}
