package io.aitbc.openclaw.api;

import java.util.regex.Pattern;

/**
 * Makes foreign text, names of files included, fit for a line of a log or a terminal: no line ends, no control sequences, nothing
 * that turns the direction of writing.
 */
public final class PlainText {
    /** Controls of both ranges, format characters, line and paragraph separators, halves of surrogate pairs (Unicode 16). */
    private static final Pattern OTHER = Pattern.compile("[\\p{gc=Cc}\\p{gc=Cf}\\p{gc=Zl}\\p{gc=Zp}\\p{gc=Cs}]+");

    private PlainText() {}

    /** The text on one line, with a space in place of what cannot be printed, and none at its ends. */
    public static String of(String text) {
        return OTHER.matcher(text).replaceAll(" ").strip();
    }

    /** Whether all of it can be printed on one line. */
    public static boolean is(String text) {
        return !OTHER.matcher(text).find();
    }
}
