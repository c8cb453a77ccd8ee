package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.host.HostConfig;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Checks the surroundings and says what to fix.",
        footer = "Exit code 0 when the host could do its main job.")
final class DoctorCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private HostOptions options = new HostOptions();

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    DoctorCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        HostConfig config = options.read(context.environment());
        List<Check> checks;
        try (Probe probe = new Probe()) {
            checks = new Doctor(config, options.file(context.environment()), probe, context.environment()).examine();
        }
        boolean works = checks.stream().noneMatch(check -> check.state() == Check.State.FAILED);
        if (json) {
            printJson(config, checks, works);
        } else {
            printTable(config, checks, works);
        }
        return works ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void printTable(HostConfig config, List<Check> checks, boolean works) {
        Terminal terminal = context.terminal();
        TextTable table = new TextTable("CHECK", "STATE", "FOUND");
        for (Check check : checks) {
            String state = switch (check.state()) {
                case OK -> terminal.good("ok");
                case WARNING -> terminal.warn("warning");
                case FAILED -> terminal.bad("failed");
            };
            table.row(check.name(), state, check.found());
        }
        table.lines().forEach(terminal::line);
        checks.stream()
                .filter(check -> !check.fix().isEmpty())
                .forEach(check -> terminal.line("%nfix %s: %s".formatted(terminal.strong(check.name()), check.fix())));
        if (!config.entries().isEmpty()) {
            terminal.line("");
            TextTable settings = new TextTable("SETTING", "VALUE", "FROM");
            config.entries().forEach(entry -> settings.row(entry.key(), entry.shown(), entry.source()));
            settings.lines().forEach(terminal::line);
        }
        terminal.line("");
        terminal.line(works ? terminal.good("The host can do its job.") : terminal.bad("The host cannot do its job."));
    }

    private void printJson(HostConfig config, List<Check> checks, boolean works) {
        Json documents = new Json();
        ObjectNode document = documents.object().put("ok", works);
        ArrayNode rows = document.putArray("checks");
        for (Check check : checks) {
            rows.addObject()
                    .put("name", check.name())
                    .put("state", check.state().name().toLowerCase(Locale.ROOT))
                    .put("found", check.found())
                    .put("fix", check.fix());
        }
        ArrayNode settings = document.putArray("settings");
        config.entries()
                .forEach(entry -> settings.addObject()
                        .put("key", entry.key())
                        .put("value", entry.shown())
                        .put("source", entry.source()));
        context.terminal().line(documents.write(document));
    }
}
