package io.aitbc.openclaw.host.http.json;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Finds the first syntax error of a JSON text and words it as Go does. Only used once parsing has failed, so it is written to
 * be read, not to be fast. Reads one value; what follows it does not matter, as with Go's {@code Decoder}.
 */
final class GoSyntax {
    static final String UNEXPECTED_END = "unexpected EOF";

    /** Go gives up at 10,000; no schema comes near this, and it fits the stack of any thread. Jackson's limit is the same. */
    static final int MAX_DEPTH = 200;

    private final byte[] text;
    private final int length;
    private int position;

    private GoSyntax(byte[] text, int length) {
        this.text = text;
        this.length = length;
    }

    /** Go's words, or empty when the value is well formed. */
    static Optional<String> problem(byte[] text, int length) {
        try {
            new GoSyntax(text, length).value(0);
            return Optional.empty();
        } catch (JsonFailure e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Whether the text is one value and nothing but space around it. */
    static boolean isExactlyOneValue(byte[] text) {
        GoSyntax syntax = new GoSyntax(text, text.length);
        try {
            syntax.value(0);
        } catch (JsonFailure e) {
            return false;
        }
        syntax.skipSpace();
        return syntax.position == text.length;
    }

    private void value(int depth) {
        if (depth > MAX_DEPTH) {
            throw new JsonFailure("exceeded max depth");
        }
        skipSpace();
        int c = next();
        switch (c) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            case '-' -> {
                int digit = next();
                if (!isDigit(digit)) {
                    throw invalid(digit, "in numeric literal");
                }
                number(digit);
            }
            default -> {
                if (!isDigit(c)) {
                    throw invalid(c, "looking for beginning of value");
                }
                number(c);
            }
        }
    }

    private void object(int depth) {
        skipSpace();
        int c = next();
        if (c == '}') {
            return;
        }
        while (true) {
            if (c != '"') {
                throw invalid(c, "looking for beginning of object key string");
            }
            string();
            skipSpace();
            c = next();
            if (c != ':') {
                throw invalid(c, "after object key");
            }
            value(depth + 1);
            skipSpace();
            c = next();
            if (c == '}') {
                return;
            }
            if (c != ',') {
                throw invalid(c, "after object key:value pair");
            }
            skipSpace();
            c = next();
        }
    }

    private void array(int depth) {
        skipSpace();
        if (peek() == ']') {
            position++;
            return;
        }
        while (true) {
            value(depth + 1);
            skipSpace();
            int c = next();
            if (c == ']') {
                return;
            }
            if (c != ',') {
                throw invalid(c, "after array element");
            }
        }
    }

    private void string() {
        while (true) {
            int c = next();
            if (c == '"') {
                return;
            }
            if (c < 0x20) {
                throw invalid(c, "in string literal");
            }
            if (c == '\\') {
                escape();
            }
        }
    }

    private void escape() {
        int c = next();
        if (c == 'u') {
            for (int i = 0; i < 4; i++) {
                int digit = next();
                if (Character.digit(digit, 16) < 0) {
                    throw invalid(digit, "in \\u hexadecimal character escape");
                }
            }
        } else if ("\"\\/bfnrt".indexOf(c) < 0) {
            throw invalid(c, "in string escape code");
        }
    }

    private void literal(String word) {
        for (int i = 1; i < word.length(); i++) {
            String place = "in literal " + word + " (expecting '" + word.charAt(i) + "')";
            int c = next();
            if (c != word.charAt(i)) {
                throw invalid(c, place);
            }
        }
    }

    private void number(int first) {
        if (first != '0') {
            skipDigits();
        }
        if (peek() == '.') {
            position++;
            requireDigit("after decimal point in numeric literal");
        }
        if (peek() == 'e' || peek() == 'E') {
            position++;
            if (peek() == '+' || peek() == '-') {
                position++;
            }
            requireDigit("in exponent of numeric literal");
        }
    }

    private void requireDigit(String place) {
        int c = next();
        if (!isDigit(c)) {
            throw invalid(c, place);
        }
        skipDigits();
    }

    private void skipDigits() {
        while (isDigit(peek())) {
            position++;
        }
    }

    private void skipSpace() {
        while (position < length && " \t\r\n".indexOf(text[position]) >= 0) {
            position++;
        }
    }

    private int peek() {
        return position < length ? text[position] & 0xff : -1;
    }

    private int next() {
        if (position >= length) {
            throw new JsonFailure(UNEXPECTED_END);
        }
        return text[position++] & 0xff;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static JsonFailure invalid(int c, String place) {
        return new JsonFailure("invalid character " + quoted(c) + " " + place);
    }

    private static String quoted(int c) {
        return switch (c) {
            case '\'' -> "'\\''";
            case '\\' -> "'\\\\'";
            case '\n' -> "'\\n'";
            case '\r' -> "'\\r'";
            case '\t' -> "'\\t'";
            case 0 -> "'\\x00'";
            default -> {
                if (c < 0x20 || c == 0x7f) {
                    yield "'\\x%02x'".formatted(c);
                }
                yield "'" + new String(new byte[] {(byte) c}, StandardCharsets.ISO_8859_1) + "'";
            }
        };
    }
}
