package io.aitbc.openclaw.provider.privacy;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PluginConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Recognises what must not leave: known forms, and what the operator's own patterns describe. */
public final class Redactor {
    /** How the names of settings begin that hold a pattern. */
    public static final String PATTERN_PREFIX = "redact-pattern.";

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,30}");

    private final List<Rule> rules;

    private Redactor(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * With the patterns of {@code redact-pattern.<name>}, which go before the known forms.
     *
     * @throws OpenClawException with INVALID_CONFIG when one is no pattern
     */
    public static Redactor of(PluginConfig config) {
        List<Rule> rules = new ArrayList<>();
        Map<String, String> sorted = new TreeMap<>(config.values());
        sorted.forEach((key, pattern) -> {
            if (key.startsWith(PATTERN_PREFIX)) {
                rules.add(ConfiguredRule.of(config.section() + "." + key, kind(config, key), pattern));
            }
        });
        rules.addAll(KnownForms.RULES);
        return new Redactor(rules);
    }

    private static String kind(PluginConfig config, String key) {
        String name = key.substring(PATTERN_PREFIX.length());
        if (!NAME.matcher(name).matches()) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG,
                    "%s.%s needs a name of letters, digits, - and _".formatted(config.section(), key));
        }
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** For one request. */
    public Redaction begin() {
        return new Redaction(rules);
    }
}
