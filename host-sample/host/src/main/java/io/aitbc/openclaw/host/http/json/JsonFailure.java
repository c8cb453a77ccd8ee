package io.aitbc.openclaw.host.http.json;

/** A body that is not the JSON an endpoint takes. The message is what Go's {@code encoding/json} would say. */
public final class JsonFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JsonFailure(String message) {
        super(message, null, false, false);
    }
}
