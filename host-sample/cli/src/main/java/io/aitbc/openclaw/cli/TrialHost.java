package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.Host;
import io.aitbc.openclaw.host.plugins.PluginState;
import io.aitbc.openclaw.host.plugins.PluginStatus;
import io.aitbc.openclaw.host.versions.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A host of its own on a free port, with the operator's settings but another data directory. */
final class TrialHost implements Trial {
    private final HostOptions options;
    private final CommandContext context;

    TrialHost(HostOptions options, CommandContext context) {
        this.options = options;
        this.context = context;
    }

    /** What became of the installed plugins in it. */
    List<PluginStatus> load() throws IOException {
        return load(Map.of());
    }

    private List<PluginStatus> load(Map<String, String> more) throws IOException {
        Path folder = TemporaryFolder.create("openclaw-plugins");
        try {
            Map<String, String> fixed =
                    new HashMap<>(Map.of("port", "0", "host", "127.0.0.1", "data-directory", folder.toString()));
            fixed.putAll(more);
            try (Host host = Host.startIdle(options.read(context.environment(), fixed))) {
                return host.plugins();
            }
        } finally {
            TemporaryFolder.delete(folder);
        }
    }

    @Override
    public Optional<String> problem(Path plugins, String pluginId) {
        try {
            List<PluginStatus> loaded = load(Map.of("plugins-directory", plugins.toString()));
            return loaded.stream()
                    .filter(plugin -> plugin.id().equals(pluginId))
                    .findFirst()
                    .map(TrialHost::problem)
                    .orElse(Optional.of("it was not found"));
        } catch (IOException | OpenClawException e) {
            return Optional.of("no trial host starts: " + e.getMessage());
        }
    }

    /** A disabled one was not asked to work. */
    private static Optional<String> problem(PluginStatus plugin) {
        return plugin.state() == PluginState.ACTIVE || plugin.state() == PluginState.DISABLED
                ? Optional.empty()
                : Optional.of(
                        plugin.failure().orElse("it is " + plugin.state().name().toLowerCase(Locale.ROOT)));
    }
}
