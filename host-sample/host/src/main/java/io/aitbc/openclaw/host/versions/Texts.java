package io.aitbc.openclaw.host.versions;

/** Words of strangers in messages for people. */
final class Texts {
    private static final int LONGEST = 200;

    private Texts() {}

    static String oneLine(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }
}
