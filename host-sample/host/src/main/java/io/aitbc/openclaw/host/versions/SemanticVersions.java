package io.aitbc.openclaw.host.versions;

import com.github.zafarkhaja.semver.ParseException;
import com.github.zafarkhaja.semver.Version;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** Versions after semver.org 2.0.0, and ranges such as {@code >=1.2.0 & <2.0.0}, {@code ~1.4} or {@code 1.x}. */
public final class SemanticVersions {
    /** Lower first; builds of one version are equal. */
    public static final Comparator<String> ORDER =
            (one, other) -> parse(one).compareToIgnoreBuildMetadata(parse(other));

    private static final int LONGEST = 128;
    private static final Pattern EXACT = Pattern.compile("\\d+\\.\\d+\\.\\d+");

    private SemanticVersions() {}

    public static boolean isVersion(String text) {
        return text.length() <= LONGEST && find(text).isPresent();
    }

    private static Optional<Version> find(String text) {
        try {
            return Version.tryParse(text);
        } catch (IllegalArgumentException | ArithmeticException e) {
            return Optional.empty(); // numbers that are too large
        }
    }

    static Version parse(String text) {
        return find(text)
                .filter(_ -> text.length() <= LONGEST)
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + text + "' is no semantic version, such as 1.2.3"));
    }

    public static boolean isRange(String text) {
        try {
            boolean _ = text.length() <= LONGEST && Version.of(1, 0, 0).satisfies(text);
            return text.length() <= LONGEST && !text.isBlank();
        } catch (ParseException | IllegalArgumentException e) {
            return false;
        }
    }

    /** What to say of one that {@link #isRange} does not take. */
    public static String noRange(String text) {
        return "'%s' is neither a version such as 1.2.3 nor a range such as '>=1.2.0 & <2.0.0', ~1.4 or 1.x"
                .formatted(Texts.oneLine(text));
    }

    /** Both have been checked. A bare version means that version. */
    public static boolean satisfies(String version, String range) {
        return isVersion(range)
                ? parse(version).compareToIgnoreBuildMetadata(parse(range)) == 0
                : parse(version).satisfies(range);
    }

    /** By the rule of {@code Plugin-Requires}, where a bare {@code 1.2.3} means {@code >=1.2.3}. */
    static boolean worksWith(String api, Optional<String> requires) {
        return requires.filter(range -> !range.equals("*"))
                .map(range -> EXACT.matcher(range).matches() ? ">=" + range : range)
                .map(range -> parse(api).satisfies(range))
                .orElse(true);
    }

    /** The version that a prerelease leads to; a release itself. */
    static String release(String version) {
        return parse(version).toStableVersion().toString();
    }

    static boolean isPrerelease(String version) {
        return parse(version).isPreRelease();
    }
}
