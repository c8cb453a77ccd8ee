package io.aitbc.openclaw.api;

/** Where a prompt may go. */
public enum PrivacyClass {
    /** Never leaves the host's own engines. */
    LOCAL_ONLY,
    /**
     * May go to a network of strangers after secrets and personal data of known forms were replaced by placeholders, which
     * the answer's reader gets back as they were. What has no known form is not recognised.
     */
    REDACTED,
    /** May go to a network of strangers, who can read and publish it. */
    NETWORK_ALLOWED
}
