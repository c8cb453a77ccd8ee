package io.aitbc.openclaw.engine.json;

/** A JSON Schema that cannot be followed; the message says why in one line. */
public final class SchemaException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    /** Names in a schema are its author's, and may be as long as a prompt. */
    private static final int LONGEST = 200;

    SchemaException(String message) {
        super(message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…");
    }
}
