package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.host.Host;
import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.host.files.ScratchFolder;
import io.aitbc.openclaw.host.plugins.PluginHost;
import io.aitbc.openclaw.host.versions.VersionRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The plugins as the API shows them: of the host that runs, or of a trial host with the operator's settings. */
final class PluginRows {
    private final CommandContext context;

    PluginRows(CommandContext context) {
        this.context = context;
    }

    JsonNode read(HostOptions options) throws IOException, InterruptedException {
        HostConfig config = options.read(context.environment());
        Optional<HostClient> running = HostClient.find(config);
        if (running.isPresent()) {
            try (HostClient host = running.get()) {
                return host.get("plugins");
            }
        }
        return ofTrialHost(options, config);
    }

    /** On a free port and with another data directory, which gets what the operator's says about trust, pins and what worked last. */
    private JsonNode ofTrialHost(HostOptions options, HostConfig own) throws IOException {
        Path folder = ScratchFolder.create("plugins");
        try {
            TrialHost.copyTrust(own.dataDirectory(), folder);
            TrialHost.copy(VersionRecords.pinFile(Path.of("")), own.dataDirectory(), folder);
            PluginHost.copyVersions(own.dataDirectory(), own.pluginsDirectory(), folder);
            HostConfig trial = options.read(
                    context.environment(),
                    Map.of("port", "0", "host", "127.0.0.1", "data-directory", folder.toString()));
            try (Host host = Host.startIdle(trial)) {
                return new Json()
                        .tree(Map.of("plugins", host.pluginRows(), "unloaded", host.unloadedRows(), "trial", true));
            }
        } finally {
            ScratchFolder.delete(folder);
        }
    }
}
