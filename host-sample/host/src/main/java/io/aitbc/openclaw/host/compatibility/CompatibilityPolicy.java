package io.aitbc.openclaw.host.compatibility;

/** What becomes of a server whose version is {@linkplain Verdict#bad() bad}. */
public enum CompatibilityPolicy {
    /** It is used, and everybody who looks is told. */
    WARN,
    /** It is not used. */
    REQUIRE
}
