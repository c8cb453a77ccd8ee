package io.aitbc.openclaw.zk.circuit;

/** Inputs lack, are too many, or do not satisfy the circuit. The message has names of inputs, and none of their values. */
public final class RefusedInputException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedInputException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
