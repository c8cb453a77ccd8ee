package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.host.versions.InstalledPlugins;
import io.aitbc.openclaw.host.versions.Pin;
import io.aitbc.openclaw.host.versions.SemanticVersions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "pin",
        mixinStandardHelpOptions = true,
        description = "Keeps a plugin at a version or within a range; upgrades respect it.")
final class PluginsPinCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private HostOptions options = new HostOptions();

    @Parameters(index = "0", paramLabel = "ID", description = "The plugin's id.")
    private String id = "";

    @Parameters(index = "1", paramLabel = "VERSION|RANGE", description = "1.2.3, '>=1.2.0 & <2.0.0', ~1.4 or 1.x.")
    private String range = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for those who find it later.")
    private String reason = "";

    PluginsPinCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (!SemanticVersions.isRange(range)) {
            throw new CommandFailure(ExitCode.WRONG_USAGE, SemanticVersions.noRange(range));
        }
        HostConfig config = options.read(context.environment());
        boolean installed = InstalledPlugins.in(config.pluginsDirectory()).plugins().stream()
                .anyMatch(plugin -> plugin.id().equals(id));
        if (!installed) {
            throw new CommandFailure(
                    ExitCode.FAILED, "Plugin '%s' is not installed; `plugins list` shows all".formatted(id));
        }
        Pin pin = PluginVersions.records(config).pin(id, range, reason);
        context.terminal().line("%s is pinned to %s: %s".formatted(pin.pluginId(), pin.range(), pin.reason()));
        return ExitCode.DONE;
    }
}
