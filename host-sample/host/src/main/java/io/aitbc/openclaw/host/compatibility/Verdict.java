package io.aitbc.openclaw.host.compatibility;

/** What is known about a version of a component. */
public enum Verdict {
    /** It was tested with this host. */
    TESTED,
    /** Not itself tested; neither is anything known against it. */
    NOT_TESTED,
    /** Higher than all that were tested. */
    NEWER_THAN_TESTED,
    /** Too old: it lacks something, or has a security hole. */
    BELOW_FLOOR,
    /** Known not to work. */
    KNOWN_BAD,
    /** It tells no version, or one that cannot be compared. */
    UNKNOWN;

    /** Whether {@link CompatibilityPolicy#REQUIRE} keeps the host from using it. */
    public boolean bad() {
        return this == BELOW_FLOOR || this == KNOWN_BAD;
    }
}
