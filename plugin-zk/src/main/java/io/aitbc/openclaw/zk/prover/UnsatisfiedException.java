package io.aitbc.openclaw.zk.prover;

/** Inputs do not fit a circuit. The message says what is wrong, without any value of theirs. */
public final class UnsatisfiedException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnsatisfiedException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
