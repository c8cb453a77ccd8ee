package io.aitbc.openclaw.api;

/** Where a prompt may go. */
public enum PrivacyClass {
    /** Never leaves the host's own engines. */
    LOCAL_ONLY,
    /** May go to a network of strangers, who can read and publish it. */
    NETWORK_ALLOWED
}
