package io.aitbc.openclaw.engine.model;

/** Which implementation of the inner loops to use. */
public enum ArithmeticKind {
    /** The Vector API where the module {@code jdk.incubator.vector} is there, plain Java elsewhere. */
    AUTO,
    /** Plain Java. */
    SCALAR;

    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    /** Whether the Vector API is there: it is with {@code --add-modules jdk.incubator.vector}. */
    public static boolean vectorAvailable() {
        return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
    }

    Arithmetic create() {
        return this == AUTO && vectorAvailable() ? new VectorArithmetic() : new ScalarArithmetic();
    }
}
