package io.aitbc.openclaw.provider.privacy;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PrivacyClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The least privacy that requests for a model have, whatever they ask for. */
public final class PrivacyFloor {
    private record Entry(Pattern models, PrivacyClass least) {}

    private final List<Entry> entries;

    private PrivacyFloor(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * @param setting its name, for the error text
     * @param text {@code gpt-oss*=local-only, redact}: patterns of model names with {@code *}, first match wins; a class
     *     alone is for all models
     * @throws OpenClawException with INVALID_CONFIG
     */
    public static PrivacyFloor parse(String setting, String text) {
        List<Entry> entries = new ArrayList<>();
        for (String part : text.split(",")) {
            if (!part.isBlank()) {
                int equals = part.lastIndexOf('=');
                String models = equals < 0 ? "*" : part.substring(0, equals).strip();
                entries.add(new Entry(
                        glob(models), least(setting, part.substring(equals + 1).strip())));
            }
        }
        return new PrivacyFloor(entries);
    }

    private static Pattern glob(String models) {
        StringBuilder pattern = new StringBuilder();
        for (String literal : models.toLowerCase(Locale.ROOT).split("\\*", -1)) {
            pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
        }
        return Pattern.compile(pattern.toString());
    }

    private static PrivacyClass least(String setting, String name) {
        return switch (name) {
            case "local-only" -> PrivacyClass.LOCAL_ONLY;
            case "redact" -> PrivacyClass.REDACTED;
            case "network-allowed" -> PrivacyClass.NETWORK_ALLOWED;
            default ->
                throw new OpenClawException(
                        ErrorCode.INVALID_CONFIG,
                        "%s must be local-only, redact, network-allowed, or a list such as 'llama*=redact, local-only', not '%s'"
                                .formatted(setting, name));
        };
    }

    /** The stricter of what is asked for and what holds for the model. */
    PrivacyClass apply(String model, PrivacyClass asked) {
        String lower = model.toLowerCase(Locale.ROOT);
        for (Entry entry : entries) {
            if (entry.models().matcher(lower).matches()) {
                return entry.least().compareTo(asked) < 0 ? entry.least() : asked;
            }
        }
        return asked;
    }
}
