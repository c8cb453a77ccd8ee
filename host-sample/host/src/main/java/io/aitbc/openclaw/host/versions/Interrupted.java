package io.aitbc.openclaw.host.versions;

import io.aitbc.openclaw.host.versions.AuditEntry.Action;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Upgrades that were begun and of whose end nothing was written down: how they ended is seen from what is installed. */
final class Interrupted {
    private static final Set<Action> UPGRADES =
            EnumSet.of(Action.BEGUN, Action.UPGRADED, Action.ROLLED_BACK, Action.FAILED);

    private final VersionRecords records;

    Interrupted(VersionRecords records) {
        this.records = records;
    }

    /** Writes down their ends; for who holds the lock, so that none is still on its way. */
    void conclude(InstalledPlugins installed) {
        Map<String, AuditEntry> last = new LinkedHashMap<>();
        records.history(Integer.MAX_VALUE).stream()
                .filter(entry -> UPGRADES.contains(entry.action()))
                .forEach(entry -> last.putIfAbsent(entry.pluginId(), entry));
        last.values().stream().filter(entry -> entry.action() == Action.BEGUN).forEach(begun -> {
            Optional<String> now = installed.find(begun.pluginId()).map(InstalledPlugin::version);
            boolean placed = now.filter(version -> version.equals(begun.to())).isPresent();
            records.record(
                    placed ? Action.UPGRADED : Action.FAILED,
                    begun.pluginId(),
                    begun.from(),
                    begun.to(),
                    "interrupted; installed is %s".formatted(now.orElse("none")));
        });
    }
}
