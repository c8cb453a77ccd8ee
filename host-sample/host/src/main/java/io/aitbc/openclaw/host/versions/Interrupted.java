package io.aitbc.openclaw.host.versions;

import io.aitbc.openclaw.host.versions.AuditEntry.Action;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Upgrades that were begun and of whose end nothing was written down: how they ended is seen from what is installed. */
final class Interrupted {
    private static final Set<Action> UPGRADES =
            EnumSet.of(Action.BEGUN, Action.UPGRADED, Action.ROLLED_BACK, Action.FAILED);

    private final VersionRecords records;
    private final Handover handover;

    Interrupted(VersionRecords records, Handover handover) {
        this.records = records;
        this.handover = handover;
    }

    /**
     * Hands over what they put in place and writes down their ends; for who holds the lock, so that none is still on its way.
     *
     * @param progress gets a line for each
     */
    void conclude(InstalledPlugins installed, Consumer<String> progress) {
        Map<String, AuditEntry> last = new LinkedHashMap<>();
        records.history(Integer.MAX_VALUE).stream()
                .filter(entry -> UPGRADES.contains(entry.action()))
                .forEach(entry -> last.putIfAbsent(entry.pluginId(), entry));
        last.values().stream().filter(entry -> entry.action() == Action.BEGUN).forEach(begun -> {
            Optional<InstalledPlugin> now = installed.find(begun.pluginId());
            Optional<InstalledPlugin> placed =
                    now.filter(plugin -> plugin.version().equals(begun.to()));
            // A lower version that nobody handed over would be refused by the host.
            Optional<String> problem = placed.flatMap(plugin -> handover.problem(begun.pluginId(), plugin.sha256()));
            String end = "interrupted; installed is %s%s"
                    .formatted(
                            now.map(InstalledPlugin::version).orElse("none"),
                            problem.map("; it is not used: %s"::formatted).orElse(""));
            progress.accept(
                    "upgrade of %s from %s to %s was %s".formatted(begun.pluginId(), begun.from(), begun.to(), end));
            records.record(
                    placed.isPresent() && problem.isEmpty() ? Action.UPGRADED : Action.FAILED,
                    begun.pluginId(),
                    begun.from(),
                    begun.to(),
                    end);
        });
    }
}
