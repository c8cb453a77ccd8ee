package io.aitbc.openclaw.host.trust;

/** Something that is not trusted or cannot be read. The message is one line for people. */
public final class TrustException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public TrustException(String reason) {
        super(reason);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
