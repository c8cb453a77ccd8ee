package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.host.versions.AuditEntry;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = "Who pinned and upgraded what, and how it went; the newest first.")
final class PluginsHistoryCommand implements Callable<Integer> {
    private static final int MOST_ROWS = 10_000;

    private final CommandContext context;

    @Mixin
    private HostOptions options = new HostOptions();

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "Most rows (default: 50).")
    private int limit;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    PluginsHistoryCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > MOST_ROWS) {
            throw new CommandFailure(
                    ExitCode.WRONG_USAGE, "--limit must be 1 to %d, not %d".formatted(MOST_ROWS, limit));
        }
        List<AuditEntry> entries =
                PluginVersions.records(options.read(context.environment())).history(limit);
        if (json) {
            printJson(entries);
        } else {
            TextTable table = new TextTable("WHEN", "WHO", "WHAT", "PLUGIN", "FROM", "TO", "NOTE");
            entries.forEach(entry -> table.row(
                    entry.at().toString(),
                    entry.by(),
                    entry.action().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    entry.pluginId(),
                    entry.from(),
                    entry.to(),
                    entry.note()));
            table.lines().forEach(context.terminal()::line);
        }
        return ExitCode.DONE;
    }

    private void printJson(List<AuditEntry> entries) {
        Json documents = new Json();
        ObjectNode document = documents.object();
        ArrayNode rows = document.putArray("history");
        entries.forEach(entry -> rows.addObject()
                .put("at", entry.at().toString())
                .put("by", entry.by())
                .put("action", entry.action().name())
                .put("plugin", entry.pluginId())
                .put("from", entry.from())
                .put("to", entry.to())
                .put("note", entry.note()));
        context.terminal().line(documents.write(document));
    }
}
