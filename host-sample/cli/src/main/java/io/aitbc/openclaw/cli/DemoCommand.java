package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.host.Host;
import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.host.files.ScratchFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Does the main job once, on a host and a network of its own: chats locally and over the network, streams, explains a route, checks a receipt and a bundle of proofs, and shows the cost.",
        footer = "Exit code 0 when all of it worked.")
final class DemoCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep what the demo leaves on disk here, to look at it afterwards.")
    private @Nullable Path data;

    DemoCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        Path folder = data == null ? ScratchFolder.create("demo") : data;
        long start = System.nanoTime();
        // Nothing of the operator's settings but where the plugins are: the demo is the same everywhere.
        HostConfig config = HostConfig.read(
                Map.of("port", "0", "data-directory", folder.toString()), pluginsOnly(), java.util.Optional.empty());
        List<Demo.Step> steps;
        String url;
        try (Host host = Host.start(config);
                DemoClient client = new DemoClient(host.url())) {
            url = host.url().toString();
            long millis = (System.nanoTime() - start) / 1_000_000;
            if (!json) {
                context.terminal().line("host and network started in %d ms on %s%n".formatted(millis, url));
            }
            steps = new Demo(host, client, this::show).play();
            if (Rehearsal.wanted()) {
                Rehearsal.of(host);
            }
        } finally {
            if (data == null) {
                ScratchFolder.delete(folder);
            }
        }
        boolean ok = steps.stream().allMatch(Demo.Step::ok);
        if (json) {
            printJson(url, steps, ok);
        } else {
            Terminal terminal = context.terminal();
            terminal.line("");
            terminal.line(ok ? terminal.good("All of it worked.") : terminal.bad("Not all of it worked."));
        }
        return ok ? ExitCode.DONE : ExitCode.FAILED;
    }

    private Map<String, String> pluginsOnly() {
        String plugins = context.environment().get("OPENCLAW_PLUGINS_DIRECTORY");
        return plugins == null ? Map.of() : Map.of("OPENCLAW_PLUGINS_DIRECTORY", plugins);
    }

    private void show(Demo.Step step) {
        if (!json) {
            Terminal terminal = context.terminal();
            terminal.line("%s %-16s %6d ms  %s"
                    .formatted(
                            step.ok() ? terminal.good("ok    ") : terminal.bad("failed"),
                            step.name(),
                            step.time().toMillis(),
                            step.detail()));
        }
    }

    private void printJson(String url, List<Demo.Step> steps, boolean ok) {
        Json documents = new Json();
        ObjectNode document = documents.object().put("ok", ok).put("url", url);
        ArrayNode rows = document.putArray("steps");
        for (Demo.Step step : steps) {
            ObjectNode row = rows.addObject()
                    .put("name", step.name())
                    .put("ok", step.ok())
                    .put("millis", step.time().toNanos() / 1e6)
                    .put("detail", step.detail());
            step.facts().properties().forEach(fact -> row.set(fact.getKey(), fact.getValue()));
        }
        context.terminal().line(documents.write(document));
    }
}
