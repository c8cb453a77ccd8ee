package io.aitbc.openclaw.host.trust;

/** Foreign text in messages. */
final class Lines {
    private static final int LONGEST = 80;

    private Lines() {}

    static String one(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]", "?");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
