package io.aitbc.openclaw.api.inference;

/** Whether, and how hard, a reasoning model should reason. */
public enum Think {
    /** The request does not say. */
    UNSET,
    OFF,
    ON,
    LOW,
    MEDIUM,
    HIGH,
    MAX
}
