package io.aitbc.openclaw.zk.prover;

/** A file is not what it should be. The message says what is wrong in words that follow a colon; no secret is in it. */
public final class MalformedFileException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedFileException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
