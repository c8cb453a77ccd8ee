package io.aitbc.openclaw.host;

import java.net.URI;

/** Which AITBC network the host uses. */
public sealed interface NetworkTarget {
    /** One of its own, in this process, whose coins are worth nothing. */
    record Devnet() implements NetworkTarget {}

    /** A coordinator somewhere. */
    record Coordinator(URI url) implements NetworkTarget {}

    /** None. */
    record Off() implements NetworkTarget {}
}
