package io.aitbc.openclaw.host.versions;

import java.time.Instant;

/**
 * An operator's decision to stay with certain versions of a plugin.
 *
 * @param range a version, or a range such as {@code >=1.2.0 & <2.0.0}, {@code ~1.4} or {@code 1.x}
 * @param reason for those who find it later
 * @param by who decided
 */
public record Pin(String pluginId, String range, String reason, String by, Instant at) {
    /** Whether a version is within it. Who keeps to versions below 2.0.0 does not mean 2.0.0-rc.1, though it is lower. */
    public boolean allows(String version) {
        return SemanticVersions.satisfies(version, range)
                && (SemanticVersions.isVersion(range)
                        || SemanticVersions.satisfies(SemanticVersions.release(version), range));
    }
}
