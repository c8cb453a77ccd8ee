package io.aitbc.openclaw.host.versions;

import java.util.Optional;

/**
 * What somebody wants to be newer.
 *
 * @param pluginId empty: all that are installed
 * @param version exactly this one; empty: the newest that fits
 * @param prerelease whether versions for those who try things early count
 * @param downgrade whether an older version may take the place of a newer one
 */
public record UpgradeRequest(
        Optional<String> pluginId, Optional<String> version, boolean prerelease, boolean downgrade) {
    /** The newest stable version of everything. */
    public static UpgradeRequest everything(boolean prerelease) {
        return new UpgradeRequest(Optional.empty(), Optional.empty(), prerelease, false);
    }
}
