package io.aitbc.openclaw.host.plugins;

/** How far a generation of a plugin has come. */
public enum PluginState {
    /** Found in the plugins directory. */
    SEEN,
    /** Size, time and bytes did not change while it was read. */
    STABLE,
    /** Its signature is right, or the policy does not ask for one. */
    VERIFIED,
    /** Listed in {@code disabled.txt}, missing in {@code enabled.txt}, or {@code enabled = false} in its settings: nothing of it was loaded. */
    DISABLED,
    /** Copied to its own directory; later changes of the source do not reach it. */
    STAGED,
    /** Manifest accepted, and every module it requires was found. */
    RESOLVED,
    /** Its extensions were created. */
    STARTED,
    /** Its extensions answer with usable and unused ids. */
    PROBED,
    /** Takes calls. */
    ACTIVE,
    /** Takes no new calls; those that run are allowed to finish. */
    DRAINING,
    /** Unloaded. */
    CLOSED,
    /** Unloaded, and nothing of it is in memory any more. */
    COLLECTED,
    /** Could not be loaded; the status says why. */
    FAILED
}
