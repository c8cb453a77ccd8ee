package io.aitbc.openclaw.host.versions;

import java.util.List;
import java.util.Optional;

/**
 * What an upgrade will do, in order, and what it leaves alone.
 *
 * @param steps one for each plugin that changes
 * @param kept plugins that stay as they are, and why
 */
public record UpgradePlan(List<Step> steps, List<Kept> kept) {
    /**
     * A plugin that changes.
     *
     * @param held why an even newer version is not taken
     */
    public record Step(InstalledPlugin installed, Release release, Optional<String> held) {
        /** What the new version declares to need beyond the installed one. */
        public List<String> newPermissions() {
            return release.permissions().stream()
                    .filter(permission -> !installed.permissions().contains(permission))
                    .toList();
        }
    }

    /**
     * A plugin that stays.
     *
     * @param newest offered, whatever keeps it away
     * @param reason one line for people
     */
    public record Kept(InstalledPlugin installed, Optional<Release> newest, String reason) {}

    public UpgradePlan {
        steps = List.copyOf(steps);
        kept = List.copyOf(kept);
    }
}
