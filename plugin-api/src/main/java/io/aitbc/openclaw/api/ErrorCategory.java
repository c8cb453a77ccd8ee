package io.aitbc.openclaw.api;

/** Who has to act on a failure. */
public enum ErrorCategory {
    /** The request cannot be served as it stands. */
    USER,
    /** The operator has to change a setting or supply a key. */
    CONFIG,
    /** A spending limit forbids it. */
    BUDGET,
    /** The other side cannot be reached, is too slow or broke the connection. */
    NETWORK,
    /** The other side answered, and the answer is a failure or cannot be accepted. */
    PROVIDER,
    /** Evidence does not hold. */
    PROOF,
    /** A defect of ours. */
    INTERNAL
}
