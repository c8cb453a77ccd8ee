package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.host.HostConfig;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "services",
        mixinStandardHelpOptions = true,
        description = "What the plugins of the running host do on their own.",
        footer = "Exit code 0 when none of them failed.")
final class ServicesCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private HostOptions options = new HostOptions();

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    ServicesCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        HostConfig config = options.read(context.environment());
        JsonNode answer;
        try (HostClient host = HostClient.require(config)) {
            answer = host.get("services");
        }
        if (json) {
            context.terminal().line(new Json().write(answer));
        } else {
            printTable(answer.path("services"));
        }
        boolean failed = answer.path("services").valueStream().anyMatch(ServicesCommand::failed);
        return failed ? ExitCode.FAILED : ExitCode.DONE;
    }

    private static boolean failed(JsonNode service) {
        return service.path("state").asString("").equals("FAILED");
    }

    private void printTable(JsonNode services) {
        Terminal terminal = context.terminal();
        if (services.isEmpty()) {
            terminal.line("No plugin works on its own.");
            return;
        }
        TextTable table = new TextTable("SERVICE", "PLUGIN", "STATE", "SUMMARY", "FACTS");
        for (JsonNode service : services) {
            table.row(
                    service.path("id").asString(""),
                    service.path("plugin").asString(""),
                    state(service.path("state").asString("")),
                    service.path("summary").asString(""),
                    service.path("facts").properties().stream()
                            .map(fact -> fact.getKey() + "=" + fact.getValue().asString(""))
                            .collect(Collectors.joining(" ")));
        }
        table.lines().forEach(terminal::line);
    }

    private String state(String state) {
        String name = state.toLowerCase(Locale.ROOT);
        Terminal terminal = context.terminal();
        return switch (state) {
            case "RUNNING" -> terminal.good(name);
            case "FAILED" -> terminal.bad(name);
            default -> terminal.warn(name);
        };
    }
}
