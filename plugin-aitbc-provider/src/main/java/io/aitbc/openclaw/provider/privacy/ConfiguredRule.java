package io.aitbc.openclaw.provider.privacy;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.util.function.Consumer;

/** A pattern of the operator's. RE2 takes time in proportion to the text, whatever the pattern is. */
final class ConfiguredRule implements Rule {
    private final String kind;
    private final Pattern pattern;

    private ConfiguredRule(String kind, Pattern pattern) {
        this.kind = kind;
        this.pattern = pattern;
    }

    /**
     * @param setting where it stands, for the error text
     * @throws OpenClawException with INVALID_CONFIG
     */
    static ConfiguredRule of(String setting, String kind, String pattern) {
        try {
            Pattern compiled = Pattern.compile(pattern);
            if (compiled.matcher("").matches()) {
                throw new OpenClawException(
                        ErrorCode.INVALID_CONFIG,
                        setting + " matches nothing at all: it would redact between all letters");
            }
            return new ConfiguredRule(kind, compiled);
        } catch (PatternSyntaxException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG,
                    "%s is not a regular expression of RE2: %s".formatted(setting, e.getDescription()),
                    e);
        }
    }

    @Override
    public void find(String text, Consumer<Hit> hits) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            if (matcher.end() > matcher.start()) {
                hits.accept(new Hit(kind, matcher.start(), matcher.end()));
            }
        }
    }
}
