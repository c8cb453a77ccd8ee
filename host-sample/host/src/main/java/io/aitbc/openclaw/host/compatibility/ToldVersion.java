package io.aitbc.openclaw.host.compatibility;

import io.aitbc.openclaw.host.versions.SemanticVersions;
import java.util.Optional;
import java.util.regex.Pattern;

/** A version as a program of somebody else tells it: anything at all. */
final class ToldVersion {
    private static final int LONGEST = 60;
    private static final Pattern STRANGE = Pattern.compile("[^\\x21-\\x7E]+");
    private static final Pattern TWO_NUMBERS = Pattern.compile("(\\d{1,9}\\.\\d{1,9})([-+].*)?");
    /** What {@code git describe} says of commits after a release. */
    private static final Pattern AFTER_RELEASE = Pattern.compile("(\\d{1,9}\\.\\d{1,9}\\.\\d{1,9})-\\d+-g[0-9a-f]+.*");
    /** What is built from sources without a release. */
    private static final Pattern NO_RELEASE = Pattern.compile("0\\.0\\.0([-+].*)?");

    private ToldVersion() {}

    /** Something to print: short, on one line. */
    static String shown(String told) {
        String head = told.length() > 4 * LONGEST ? told.substring(0, 4 * LONGEST) : told;
        String line = STRANGE.matcher(head).replaceAll(" ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "~";
    }

    /** A semantic version that can be compared; empty when it is none, or that of a build without a release. */
    static Optional<String> semantic(String told) {
        String text = told.strip();
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        String bare = text.startsWith("v") || text.startsWith("V") ? text.substring(1) : text;
        String release = AFTER_RELEASE.matcher(bare).replaceFirst("$1");
        String whole = TWO_NUMBERS.matcher(release).matches()
                ? TWO_NUMBERS.matcher(release).replaceFirst("$1.0$2")
                : release;
        return NO_RELEASE.matcher(whole).matches() || !SemanticVersions.isVersion(whole)
                ? Optional.empty()
                : Optional.of(whole);
    }
}
