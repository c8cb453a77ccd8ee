package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.host.outbox.OutboxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a plugin host works with.
 *
 * @param pluginsDirectory holds {@code *.jar} and {@code *.zip}; may be missing
 * @param dataDirectory is created when missing; the host writes to {@code generations/}, {@code plugins/} and {@code host.db} in it
 * @param configByPluginId settings of each plugin, keys without prefix
 * @param startLimit how long a plugin may take to create its extensions
 * @param drainLimit how long running calls may go on in a plugin that is replaced or unloaded
 * @param serviceStopLimit how long a background service may take to finish or hand back what it has
 * @param outbox limits and pace of the outbox
 * @param folder how the files of the plugins directory are taken
 */
public record PluginHostOptions(
        Path pluginsDirectory,
        Path dataDirectory,
        Map<String, Map<String, String>> configByPluginId,
        InstantSource clock,
        Duration startLimit,
        Duration drainLimit,
        Duration serviceStopLimit,
        OutboxOptions outbox,
        PluginFolderOptions folder) {
    public static final Duration DEFAULT_START_LIMIT = Duration.ofSeconds(10);
    public static final Duration DEFAULT_DRAIN_LIMIT = Duration.ofSeconds(60);
    public static final Duration DEFAULT_SERVICE_STOP_LIMIT = Duration.ofSeconds(10);

    public PluginHostOptions {
        configByPluginId = Map.copyOf(configByPluginId);
    }

    /** No settings, the system's clock, the default limits; looks at no signatures. */
    public static PluginHostOptions of(Path pluginsDirectory, Path dataDirectory) {
        return new PluginHostOptions(
                pluginsDirectory,
                dataDirectory,
                Map.of(),
                InstantSource.system(),
                DEFAULT_START_LIMIT,
                DEFAULT_DRAIN_LIMIT,
                DEFAULT_SERVICE_STOP_LIMIT,
                OutboxOptions.defaults(),
                PluginFolderOptions.unsigned());
    }

    public PluginHostOptions withConfig(Map<String, Map<String, String>> other) {
        return new PluginHostOptions(
                pluginsDirectory,
                dataDirectory,
                other,
                clock,
                startLimit,
                drainLimit,
                serviceStopLimit,
                outbox,
                folder);
    }

    public PluginHostOptions withLimits(Duration start, Duration drain) {
        return new PluginHostOptions(
                pluginsDirectory,
                dataDirectory,
                configByPluginId,
                clock,
                start,
                drain,
                serviceStopLimit,
                outbox,
                folder);
    }

    public PluginHostOptions withServiceStopLimit(Duration limit) {
        return new PluginHostOptions(
                pluginsDirectory,
                dataDirectory,
                configByPluginId,
                clock,
                startLimit,
                drainLimit,
                limit,
                outbox,
                folder);
    }

    public PluginHostOptions withOutbox(OutboxOptions other) {
        return new PluginHostOptions(
                pluginsDirectory,
                dataDirectory,
                configByPluginId,
                clock,
                startLimit,
                drainLimit,
                serviceStopLimit,
                other,
                folder);
    }

    public PluginHostOptions withFolder(PluginFolderOptions other) {
        return new PluginHostOptions(
                pluginsDirectory,
                dataDirectory,
                configByPluginId,
                clock,
                startLimit,
                drainLimit,
                serviceStopLimit,
                outbox,
                other);
    }

    PluginHostOptions withDataDirectory(Path other) {
        return new PluginHostOptions(
                pluginsDirectory,
                other,
                configByPluginId,
                clock,
                startLimit,
                drainLimit,
                serviceStopLimit,
                outbox,
                folder);
    }
}
