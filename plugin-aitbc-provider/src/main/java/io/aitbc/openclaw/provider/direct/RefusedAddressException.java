package io.aitbc.openclaw.provider.direct;

import java.net.UnknownHostException;

/** A host all of whose addresses are refused. */
final class RefusedAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    RefusedAddressException(String message) {
        super(message);
    }
}
