package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.host.versions.Pin;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "unpin", mixinStandardHelpOptions = true, description = "Lets a plugin be upgraded again.")
final class PluginsUnpinCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private HostOptions options = new HostOptions();

    @Parameters(paramLabel = "ID", description = "The plugin's id.")
    private String id = "";

    PluginsUnpinCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Pin pin = PluginVersions.records(options.read(context.environment())).unpin(id);
        context.terminal().line("%s is no longer pinned to %s".formatted(pin.pluginId(), pin.range()));
        return ExitCode.DONE;
    }
}
