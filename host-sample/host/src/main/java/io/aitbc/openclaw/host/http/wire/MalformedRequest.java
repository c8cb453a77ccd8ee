package io.aitbc.openclaw.host.http.wire;

/** A request whose body is not framed as HTTP says. The connection cannot be used any more. */
public final class MalformedRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedRequest() {
        super("400 Bad Request", null, false, false);
    }
}
