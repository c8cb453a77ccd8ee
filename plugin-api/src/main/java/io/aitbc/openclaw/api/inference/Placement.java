package io.aitbc.openclaw.api.inference;

/** Where a provider computes. */
public enum Placement {
    /** On hardware of the operator: nothing leaves, nothing is paid. */
    LOCAL,
    /** On a stranger's hardware. */
    NETWORK
}
