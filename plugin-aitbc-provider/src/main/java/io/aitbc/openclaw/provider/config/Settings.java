package io.aitbc.openclaw.provider.config;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PluginConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads settings that must lie within bounds. Failures are INVALID_CONFIG and name the key, never a secret. */
public final class Settings {
    private static final int LONGEST_SECRET_FILE = 4096;

    private Settings() {}

    /** @param advice what to do when it is missing */
    public static String required(PluginConfig config, String key, String advice) {
        return config.text(key)
                .orElseThrow(() -> new OpenClawException(
                        ErrorCode.INVALID_CONFIG, "%s.%s is not set: %s".formatted(config.section(), key, advice)));
    }

    public static Duration within(PluginConfig config, String key, Duration fallback, Duration least, Duration most) {
        Duration duration = config.duration(key, fallback);
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw invalid(config, key, "from %d ms to %d s".formatted(least.toMillis(), most.toSeconds()));
        }
        return duration;
    }

    public static int within(PluginConfig config, String key, int fallback, int least, int most) {
        long number = config.integer(key, fallback);
        if (number < least || number > most) {
            throw invalid(config, key, "from %d to %d".formatted(least, most));
        }
        return (int) number;
    }

    /** Words separated by commas, in their order. */
    public static Set<String> words(PluginConfig config, String key) {
        return Arrays.stream(config.text(key, "").split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The text of {@code key}, or of the file that {@code key-file} names; not both. */
    public static Optional<String> secret(PluginConfig config, String key) {
        Optional<String> value = config.text(key);
        Optional<String> file = config.text(key + "-file");
        if (value.isPresent() && file.isPresent()) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG,
                    "%s has both %s and %s-file: keep one".formatted(config.section(), key, key));
        }
        return value.or(() -> file.map(path -> read(config, key + "-file", Path.of(path))));
    }

    private static String read(PluginConfig config, String key, Path file) {
        try {
            if (Files.size(file) > LONGEST_SECRET_FILE) {
                throw invalid(config, key, "a small file that holds nothing but the key");
            }
            return Files.readString(file, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            // Not the cause's text: it may quote the file.
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG, "%s.%s cannot be read: %s".formatted(config.section(), key, file));
        }
    }

    public static OpenClawException invalid(PluginConfig config, String key, String wanted) {
        return new OpenClawException(
                ErrorCode.INVALID_CONFIG, "%s.%s must be %s".formatted(config.section(), key, wanted));
    }
}
