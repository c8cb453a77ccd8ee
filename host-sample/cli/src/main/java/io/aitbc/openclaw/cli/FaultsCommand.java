package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.bench.faults.FaultPlayer;
import io.aitbc.openclaw.bench.faults.FaultResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "faults",
        mixinStandardHelpOptions = true,
        description =
                "Lets a local engine and a network die, hang, cut and lie, and checks what a client sees and what is paid.",
        footer = "Exit code 0 when every fault had its stated outcome.")
final class FaultsCommand implements Callable<Integer> {
    private static final String PLUGINS = "OPENCLAW_PLUGINS_DIRECTORY";

    private final CommandContext context;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Option(names = "--only", paramLabel = "ID", split = ",", description = "Play only these faults.")
    private List<String> only = List.of();

    FaultsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        List<FaultResult> results =
                new FaultPlayer(pluginsOnly(), id -> only.isEmpty() || only.contains(id), this::show).playAll();
        if (results.isEmpty()) {
            throw new CommandFailure(ExitCode.WRONG_USAGE, "There is no fault '%s'".formatted(String.join(",", only)));
        }
        long bad = results.stream().filter(result -> !result.ok()).count();
        if (json) {
            printJson(results);
        } else {
            Terminal terminal = context.terminal();
            terminal.line("");
            terminal.line(
                    bad == 0
                            ? terminal.good("All %d faults had their stated outcome.".formatted(results.size()))
                            : terminal.bad("%d of %d faults had another outcome.".formatted(bad, results.size())));
        }
        return bad == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** Nothing of the operator's settings but where the plugins are: the table is the same everywhere. */
    private Map<String, String> pluginsOnly() {
        String plugins = context.environment().get(PLUGINS);
        return plugins == null ? Map.of() : Map.of("plugins-directory", plugins);
    }

    private void show(FaultResult result) {
        if (json) {
            return;
        }
        Terminal terminal = context.terminal();
        terminal.line("%s %-24s %s"
                .formatted(
                        result.ok() ? terminal.good("ok    ") : terminal.bad("failed"), result.id(), result.fault()));
        terminal.line("       expected: " + result.expected());
        terminal.line("       observed: " + result.observed());
    }

    private void printJson(List<FaultResult> results) {
        Json documents = new Json();
        ObjectNode document = documents.object().put("ok", results.stream().allMatch(FaultResult::ok));
        ArrayNode rows = document.putArray("faults");
        for (FaultResult result : results) {
            rows.addObject()
                    .put("id", result.id())
                    .put("fault", result.fault())
                    .put("expected", result.expected())
                    .put("observed", result.observed())
                    .put("ok", result.ok());
        }
        context.terminal().line(documents.write(document));
    }
}
