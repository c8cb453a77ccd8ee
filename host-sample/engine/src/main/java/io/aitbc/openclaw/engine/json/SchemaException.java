package io.aitbc.openclaw.engine.json;

/** A JSON Schema that cannot be followed; the message says why in one line. */
public final class SchemaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SchemaException(String message) {
        super(message);
    }
}
