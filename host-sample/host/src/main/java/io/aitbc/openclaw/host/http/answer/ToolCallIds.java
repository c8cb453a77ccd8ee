package io.aitbc.openclaw.host.http.answer;

import java.util.concurrent.ThreadLocalRandom;

/** Ids for tool calls whose engine gave none. */
public final class ToolCallIds {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

    private ToolCallIds() {}

    /** {@code call_} and eight letters or digits, as Ollama's own parsers make them. */
    public static String next() {
        StringBuilder id = new StringBuilder("call_");
        ThreadLocalRandom.current().ints(8, 0, LETTERS.length()).forEach(i -> id.append(LETTERS.charAt(i)));
        return id.toString();
    }
}
