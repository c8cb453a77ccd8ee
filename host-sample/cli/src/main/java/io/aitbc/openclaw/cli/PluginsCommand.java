package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.host.plugins.PluginState;
import io.aitbc.openclaw.host.plugins.PluginStatus;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "plugins",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(list|inspect|check|upgrade|pin|unpin|history|index)",
        description = "What is installed, whether it works, and which versions there are.",
        subcommands = {
            PluginsCheckCommand.class,
            PluginsUpgradeCommand.class,
            PluginsPinCommand.class,
            PluginsUnpinCommand.class,
            PluginsHistoryCommand.class,
            PluginsIndexCommand.class
        })
final class PluginsCommand {
    private final CommandContext context;

    PluginsCommand(CommandContext context) {
        this.context = context;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "One line for each plugin; exit code 0 when all work.")
    int list(
            @Mixin HostOptions options,
            @Option(names = "--json", description = "Print one JSON document.") boolean json)
            throws IOException {
        List<PluginStatus> plugins = new TrialHost(options, context).load();
        if (json) {
            Json documents = new Json();
            ObjectNode document = documents.object();
            ArrayNode rows = document.putArray("plugins");
            plugins.forEach(plugin -> write(rows.addObject(), plugin));
            context.terminal().line(documents.write(document));
        } else {
            TextTable table = new TextTable("PLUGIN", "VERSION", "STATE", "EXTENSIONS", "FILE");
            plugins.forEach(plugin -> table.row(
                    plugin.id(),
                    plugin.version(),
                    state(plugin),
                    String.join(", ", plugin.extensions()),
                    plugin.source()));
            table.lines().forEach(context.terminal()::line);
            plugins.forEach(plugin -> plugin.failure()
                    .ifPresent(failure -> context.terminal().line("%n%s: %s".formatted(plugin.id(), failure))));
        }
        return plugins.stream().noneMatch(plugin -> plugin.state() == PluginState.FAILED)
                ? ExitCode.DONE
                : ExitCode.FAILED;
    }

    @Command(name = "inspect", mixinStandardHelpOptions = true, description = "All that is known of one plugin.")
    int inspect(
            @Mixin HostOptions options,
            @Option(names = "--json", description = "Print one JSON document.") boolean json,
            @Parameters(paramLabel = "ID", description = "The plugin's id.") String id)
            throws IOException {
        PluginStatus plugin = new TrialHost(options, context)
                .load().stream()
                        .filter(status -> status.id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> new CommandFailure(
                                ExitCode.FAILED, "There is no plugin '%s'; `plugins list` shows all".formatted(id)));
        Json documents = new Json();
        ObjectNode document = documents.object();
        write(document, plugin);
        if (json) {
            context.terminal().line(documents.write(document));
        } else {
            document.properties()
                    .forEach(field -> context.terminal()
                            .line("%-12s%s"
                                    .formatted(
                                            field.getKey(),
                                            field.getValue().isArray()
                                                    ? String.join(", ", plugin.extensions())
                                                    : field.getValue().asString(""))));
        }
        return plugin.state() == PluginState.FAILED ? ExitCode.FAILED : ExitCode.DONE;
    }

    private String state(PluginStatus plugin) {
        String name = plugin.state().name().toLowerCase(Locale.ROOT);
        Terminal terminal = context.terminal();
        return switch (plugin.state()) {
            case ACTIVE -> terminal.good(name);
            case FAILED -> terminal.bad(name);
            default -> terminal.warn(name);
        };
    }

    private static void write(ObjectNode node, PluginStatus plugin) {
        node.put("id", plugin.id())
                .put("version", plugin.version())
                .put("state", plugin.state().name())
                .put("generation", plugin.generation());
        ArrayNode extensions = node.putArray("extensions");
        plugin.extensions().forEach(extensions::add);
        node.put("failure", plugin.failure().orElse(null))
                .put("file", plugin.source())
                .put("sha256", plugin.sha256())
                .put("startMillis", plugin.startTime().toMillis());
    }
}
