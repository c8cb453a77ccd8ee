package io.aitbc.openclaw.host.http.answer;

/** Checks Base64 as Go's {@code base64.StdEncoding} does: line ends are skipped, padding is required. */
public final class Base64Check {
    private Base64Check() {}

    /** Where decoding would fail, or -1 when it would not. */
    public static int firstWrongByte(String text) {
        int inQuantum = 0;
        int i = 0;
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r') {
                continue;
            }
            if (c == '=') {
                break;
            }
            if (!isLetter(c)) {
                return i;
            }
            inQuantum = (inQuantum + 1) % 4;
        }
        if (i == text.length()) {
            return inQuantum == 0 ? -1 : text.length() - inQuantum;
        }
        return wrongPadding(text, i, inQuantum);
    }

    private static int wrongPadding(String text, int start, int inQuantum) {
        if (inQuantum < 2) {
            return start;
        }
        int missing = 4 - inQuantum;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r') {
                continue;
            }
            if (c != '=' || missing == 0) {
                return i;
            }
            missing--;
        }
        return missing == 0 ? -1 : text.length();
    }

    private static boolean isLetter(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    }
}
