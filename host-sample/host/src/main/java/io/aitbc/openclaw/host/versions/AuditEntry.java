package io.aitbc.openclaw.host.versions;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * One thing that was done to the plugins.
 *
 * @param by who did it: the user of the operating system
 * @param from version before; for pins the range before; empty when there was none
 * @param to version after, or aimed at; for pins the range after; empty when there is none
 * @param note the reason of a pin, permissions that were agreed to, or why something failed
 */
public record AuditEntry(Instant at, String by, Action action, String pluginId, String from, String to, String note) {
    /** What was done. */
    public enum Action {
        PINNED,
        UNPINNED,
        /** Somebody agreed to permissions, which the note names. */
        CONSENTED,
        /** An upgrade was begun; without an entry after it the machine stopped on the way. */
        BEGUN,
        UPGRADED,
        /** It failed, and the version from before is back. */
        ROLLED_BACK,
        /** It failed before anything was changed, unless the note says that the new file is still in place. */
        FAILED,
        /** A host has begun to use a plugin. */
        LOADED,
        /** A host uses other bytes of it, of the same version or a higher one. */
        REPLACED,
        /** A host uses a lower version of it. */
        DOWNGRADED,
        /** A host no longer uses it: its file was deleted. */
        UNLOADED,
        /** A host uses its own copy of what worked last, because the file is no good. */
        RECALLED,
        TRUSTED,
        DISTRUSTED;

        private static final Set<Action> OF_HOSTS = EnumSet.of(LOADED, REPLACED, DOWNGRADED, UNLOADED, RECALLED);

        /** Whether a host wrote it because a file came or went; the others are what somebody decided. */
        public boolean isOfHost() {
            return OF_HOSTS.contains(this);
        }
    }
}
