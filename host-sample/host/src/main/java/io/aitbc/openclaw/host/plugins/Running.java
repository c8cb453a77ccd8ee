package io.aitbc.openclaw.host.plugins;

/** Something that holds a lease of a generation. */
interface Running {
    /** Ends it because the generation is closed: what waits in the plugin is interrupted and fails. */
    void abort();
}
