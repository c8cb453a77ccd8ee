package io.aitbc.openclaw.testing;

/** Searches in byte arrays. */
final class Bytes {
    private Bytes() {}

    /** Where {@code wanted} first occurs between {@code from} and {@code to}; negative when it does not. */
    static int indexOf(byte[] bytes, int from, int to, byte[] wanted) {
        int last = to - wanted.length;
        for (int at = from; at <= last; at++) {
            if (bytes[at] == wanted[0] && matches(bytes, at, wanted)) {
                return at;
            }
        }
        return -1;
    }

    /** As {@link #indexOf}, for a name of lower-case letters in any case. */
    static int indexOfIgnoringCase(byte[] bytes, int from, int to, byte[] wanted) {
        int last = to - wanted.length;
        for (int at = from; at <= last; at++) {
            int match = 0;
            while (match < wanted.length && lower(bytes[at + match]) == wanted[match]) {
                match++;
            }
            if (match == wanted.length) {
                return at;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] bytes, int at, byte[] wanted) {
        for (int i = 1; i < wanted.length; i++) {
            if (bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static int lower(byte character) {
        return character >= 'A' && character <= 'Z' ? character + 32 : character;
    }
}
