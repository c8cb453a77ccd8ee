package io.aitbc.openclaw.host.http.wire;

/** The client closed the connection, or does not read, before its answer was complete. Nobody is left to be told. */
public final class ClientGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ClientGone() {
        super("client went away", null, false, false);
    }
}
