package io.aitbc.openclaw.host.http.json;

import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;

/** Escapes what Go escapes so that JSON can stand inside HTML. */
final class GoEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;

    private static final SerializedString LESS = new SerializedString("\\u003c");
    private static final SerializedString GREATER = new SerializedString("\\u003e");
    private static final SerializedString AND = new SerializedString("\\u0026");
    private static final SerializedString LINE_END = new SerializedString("\\u2028");
    private static final SerializedString PARAGRAPH_END = new SerializedString("\\u2029");

    private final int[] codes = standardAsciiEscapesForJSON();

    GoEscapes() {
        codes['<'] = ESCAPE_CUSTOM;
        codes['>'] = ESCAPE_CUSTOM;
        codes['&'] = ESCAPE_CUSTOM;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
        return codes;
    }

    @Override
    @SuppressWarnings("NullAway") // Jackson's contract: null leaves the character as it is
    public SerializableString getEscapeSequence(int c) {
        return switch (c) {
            case '<' -> LESS;
            case '>' -> GREATER;
            case '&' -> AND;
            case 0x2028 -> LINE_END;
            case 0x2029 -> PARAGRAPH_END;
            default -> null;
        };
    }
}
