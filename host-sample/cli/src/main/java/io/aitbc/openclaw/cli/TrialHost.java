package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.Host;
import io.aitbc.openclaw.host.files.ScratchFolder;
import io.aitbc.openclaw.host.plugins.PluginState;
import io.aitbc.openclaw.host.plugins.PluginStatus;
import io.aitbc.openclaw.host.trust.Consents;
import io.aitbc.openclaw.host.trust.TrustStore;
import io.aitbc.openclaw.host.versions.Trial;
import java.io.IOException;
import java.nio.file.Files;
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

    private List<PluginStatus> load(Map<String, String> more) throws IOException {
        Path folder = ScratchFolder.create("plugins");
        try {
            Map<String, String> fixed =
                    new HashMap<>(Map.of("port", "0", "host", "127.0.0.1", "data-directory", folder.toString()));
            fixed.putAll(more);
            copyTrust(options.read(context.environment()).dataDirectory(), folder);
            try (Host host = Host.startIdle(options.read(context.environment(), fixed))) {
                return host.plugins();
            }
        } finally {
            ScratchFolder.delete(folder);
        }
    }

    /** A trial host trusts what the operator's trusts, and waits for the same consents. */
    static void copyTrust(Path from, Path to) throws IOException {
        copy(TrustStore.fileIn(Path.of("")), from, to);
        copy(Consents.fileIn(Path.of("")), from, to);
    }

    /** @param file relative to both folders; nothing happens where there is none */
    static void copy(Path file, Path from, Path to) throws IOException {
        Path source = from.resolve(file);
        if (Files.isRegularFile(source)) {
            Path target = to.resolve(file);
            Files.createDirectories(target.resolveSibling(""));
            Files.copy(source, target);
        }
    }

    @Override
    public Optional<String> problem(Path plugins, String pluginId) {
        try {
            // Also one that the operator switched off: what is placed untried may be switched on later.
            List<PluginStatus> loaded =
                    load(Map.of("plugins-directory", plugins.toString(), "plugins." + pluginId + ".enabled", "true"));
            return loaded.stream()
                    .filter(plugin -> plugin.id().equals(pluginId))
                    .findFirst()
                    .map(TrialHost::problem)
                    .orElse(Optional.of("it was not found"));
        } catch (IOException | OpenClawException e) {
            return Optional.of("no trial host starts: " + FailureReason.of(e));
        }
    }

    private static Optional<String> problem(PluginStatus plugin) {
        return plugin.state() == PluginState.ACTIVE
                ? Optional.empty()
                : Optional.of(
                        plugin.failure().orElse("it is " + plugin.state().name().toLowerCase(Locale.ROOT)));
    }
}
