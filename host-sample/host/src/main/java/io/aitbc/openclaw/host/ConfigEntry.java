package io.aitbc.openclaw.host;

import java.util.regex.Pattern;

/**
 * A setting that someone made.
 *
 * @param key as in the configuration file
 * @param text as it was written
 * @param source where it was written, for error texts: {@code --port}, {@code environment OPENCLAW_PORT}
 */
public record ConfigEntry(String key, String text, String source) {
    private static final Pattern SECRET = Pattern.compile("(.*[-.])?(key|token|secret|password)");

    /** Whether the value must not be shown. */
    public boolean secret() {
        return isSecret(key);
    }

    /** The value for people. */
    public String shown() {
        return secret() ? "***" : text;
    }

    static boolean isSecret(String key) {
        return SECRET.matcher(key).matches();
    }

    @Override
    public String toString() {
        return key + "=" + shown() + " (" + source + ")";
    }
}
