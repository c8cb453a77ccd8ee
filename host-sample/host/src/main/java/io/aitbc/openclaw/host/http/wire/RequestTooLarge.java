package io.aitbc.openclaw.host.http.wire;

/** A request's body is larger than allowed. */
public final class RequestTooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RequestTooLarge() {
        super("http: request body too large", null, false, false);
    }
}
