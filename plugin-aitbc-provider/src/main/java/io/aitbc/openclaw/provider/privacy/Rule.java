package io.aitbc.openclaw.provider.privacy;

import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds values of one kind. */
interface Rule {
    /**
     * A value in a text.
     *
     * @param kind capitals and underscores, as in placeholders
     * @param end exclusive
     */
    record Hit(String kind, int start, int end) {}

    void find(String text, Consumer<Hit> hits);

    /** The value is the pattern's first group, or all of it when it has none. The pattern must not backtrack without bounds. */
    static Rule of(String kind, String pattern) {
        return of(kind, pattern, String::length);
    }

    /** @param accepted how much of what was found, from its start, is a value; nothing: 0 */
    static Rule of(String kind, String pattern, ToIntFunction<String> accepted) {
        Pattern compiled = Pattern.compile(pattern);
        return (text, hits) -> {
            Matcher matcher = compiled.matcher(text);
            while (matcher.find()) {
                int group = matcher.groupCount() > 0 && matcher.start(1) >= 0 ? 1 : 0;
                int start = matcher.start(group);
                int length = accepted.applyAsInt(text.substring(start, matcher.end(group)));
                if (length > 0) {
                    hits.accept(new Hit(kind, start, start + length));
                }
            }
        };
    }
}
