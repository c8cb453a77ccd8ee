package io.aitbc.openclaw.provider.coordinator;

/** How fast the network is called. */
public enum Pace {
    /** Never faster than the limits it documents. */
    DOCUMENTED,
    /** As fast as it goes; a route that answers 429 is held to the documented pace for a while. */
    LEARNED
}
