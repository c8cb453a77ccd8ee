package io.aitbc.openclaw.host.trust;

import io.aitbc.openclaw.api.PlainText;

/** Foreign text in messages. */
final class Lines {
    private static final int LONGEST = 80;

    private Lines() {}

    static String one(String text) {
        String line = PlainText.of(text);
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
