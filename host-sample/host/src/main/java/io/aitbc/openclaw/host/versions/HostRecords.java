package io.aitbc.openclaw.host.versions;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.plugins.PluginChange;
import io.aitbc.openclaw.host.plugins.PluginRecords;
import io.aitbc.openclaw.host.versions.AuditEntry.Action;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pins and the history of a data directory, for the host that runs with it. */
public final class HostRecords implements PluginRecords {
    private static final Logger LOG = LoggerFactory.getLogger(HostRecords.class);

    private final Path dataDirectory;
    private final String user;
    private final InstantSource clock;

    /** @param user who is noted in the history */
    public HostRecords(Path dataDirectory, String user, InstantSource clock) {
        this.dataDirectory = dataDirectory;
        this.user = user;
        this.clock = clock;
    }

    private VersionRecords records() {
        return new VersionRecords(dataDirectory, user, clock);
    }

    @Override
    public Optional<String> obstacle(String pluginId, String version) {
        if (files().stream().noneMatch(Files::exists)) {
            return Optional.empty(); // most hosts; nothing more is loaded for it
        }
        try {
            return records().pins().stream()
                    .filter(pin -> pin.pluginId().equals(pluginId) && !pin.allows(version))
                    .findFirst()
                    .map(pin -> "%s is outside the pin %s (%s); `plugins unpin %s` lets it in"
                            .formatted(version, pin.range(), pin.reason(), pluginId));
        } catch (OpenClawException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public List<Path> files() {
        return List.of(VersionRecords.pinFile(dataDirectory));
    }

    @Override
    public void changed(List<PluginChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        try {
            records().record(changes.stream().map(this::entry).toList());
        } catch (OpenClawException e) {
            LOG.atWarn().addKeyValue("changes", changes.size()).log("not in the history: {}", e.getMessage());
        }
    }

    private AuditEntry entry(PluginChange change) {
        return new AuditEntry(
                clock.instant(),
                user,
                action(change),
                change.pluginId(),
                change.from().orElse(""),
                change.to().orElse(""),
                Texts.oneLine(change.note()));
    }

    private static Action action(PluginChange change) {
        if (change.to().isEmpty()) {
            return Action.UNLOADED;
        }
        if (change.recalled()) {
            return Action.RECALLED;
        }
        if (change.from().isEmpty()) {
            return Action.LOADED;
        }
        int order =
                SemanticVersions.ORDER.compare(change.to().get(), change.from().get());
        return order < 0 ? Action.DOWNGRADED : Action.REPLACED;
    }
}
