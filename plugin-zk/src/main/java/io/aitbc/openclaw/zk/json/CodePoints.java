package io.aitbc.openclaw.zk.json;

/** Order of texts by Unicode code point, as Python sorts; Java's own order is by UTF-16 unit and differs above U+FFFF. */
final class CodePoints {
    private CodePoints() {}

    static int compare(String one, String other) {
        int shared = Math.min(one.length(), other.length());
        for (int i = 0; i < shared; i++) {
            if (one.charAt(i) != other.charAt(i)) {
                return compareAt(one, other, i);
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    /** @param index of the first unit that differs */
    private static int compareAt(String one, String other, int index) {
        if (index > 0 && Character.isHighSurrogate(one.charAt(index - 1))) {
            int order = Integer.compare(one.codePointAt(index - 1), other.codePointAt(index - 1));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.codePointAt(index), other.codePointAt(index));
    }
}
