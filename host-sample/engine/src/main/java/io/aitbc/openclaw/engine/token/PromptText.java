package io.aitbc.openclaw.engine.token;

import java.util.BitSet;

/** Text of which some parts come from the template and may hold control tokens, and some from people and may not. */
public final class PromptText {
    private final StringBuilder text = new StringBuilder();
    private final BitSet trusted = new BitSet();

    /** Adds a part in which control tokens are recognised. */
    public PromptText trusted(String part) {
        trusted.set(text.length(), text.length() + part.length());
        text.append(part);
        return this;
    }

    /** Adds a part in which control tokens are plain text. */
    public PromptText untrusted(String part) {
        text.append(part);
        return this;
    }

    public String text() {
        return text.toString();
    }

    boolean isTrusted(int start, int end) {
        return trusted.nextClearBit(start) >= end;
    }
}
