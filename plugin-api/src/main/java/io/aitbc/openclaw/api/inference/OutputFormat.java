package io.aitbc.openclaw.api.inference;

/** A constraint on the text of the answer. */
public sealed interface OutputFormat {
    /** Any JSON value. */
    record Json() implements OutputFormat {}

    /**
     * JSON that fits a schema.
     *
     * @param schema JSON Schema text
     */
    record Schema(String schema) implements OutputFormat {}
}
