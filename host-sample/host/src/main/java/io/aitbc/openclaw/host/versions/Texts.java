package io.aitbc.openclaw.host.versions;

import io.aitbc.openclaw.api.PlainText;

/** Words of strangers in messages for people. */
final class Texts {
    private static final int LONGEST = 200;

    private Texts() {}

    static String oneLine(String text) {
        String line = PlainText.of(text);
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }
}
