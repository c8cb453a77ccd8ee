package io.aitbc.openclaw.engine.model;

/** Which implementation of the inner loops to use. */
public enum ArithmeticKind {
    /** The Vector API where the module {@code jdk.incubator.vector} is there, plain Java elsewhere. */
    AUTO,
    /** Plain Java. */
    SCALAR;

    Arithmetic create() {
        return new ScalarArithmetic();
    }
}
