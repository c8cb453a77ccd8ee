package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.bench.Benchmark;
import io.aitbc.openclaw.bench.BenchmarkOptions;
import io.aitbc.openclaw.bench.BenchmarkReport;
import io.aitbc.openclaw.bench.BenchmarkRow;
import io.aitbc.openclaw.bench.Benchmarks;
import io.aitbc.openclaw.bench.Machine;
import io.aitbc.openclaw.host.files.ScratchFolder;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures, and compares with a peer and with the target.",
        footer = "Exit code 0 when every target is met, 3 when one is missed.")
final class BenchCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "What to measure; without it, the list.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--short", description = "Fit in 40 seconds on two cores.")
    private boolean shortRun;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    BenchCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        if (name.isEmpty()) {
            list();
            return ExitCode.DONE;
        }
        Benchmark benchmark = Benchmarks.byName(name.get())
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.WRONG_USAGE,
                        "There is no benchmark '%s'; there are %s".formatted(name.get(), names())));
        Path folder = ScratchFolder.create("bench");
        BenchmarkReport report;
        try {
            report = new BenchmarkReport(
                    benchmark.name(),
                    Machine.describe(),
                    Instant.now().truncatedTo(ChronoUnit.SECONDS),
                    benchmark.run(new BenchmarkOptions(shortRun, folder)));
        } finally {
            ScratchFolder.delete(folder);
        }
        if (json) {
            printJson(report);
        } else {
            printTable(report);
        }
        return report.met() ? ExitCode.DONE : ExitCode.TARGET_MISSED;
    }

    private static String names() {
        return Benchmarks.all().stream().map(Benchmark::name).collect(Collectors.joining(", "));
    }

    private void list() {
        TextTable table = new TextTable("NAME", "MEASURES");
        Benchmarks.all().forEach(benchmark -> table.row(benchmark.name(), benchmark.summary()));
        table.lines().forEach(context.terminal()::line);
    }

    private void printTable(BenchmarkReport report) {
        Terminal terminal = context.terminal();
        terminal.line(terminal.strong(report.bench()) + "  " + report.date() + "  " + report.machine());
        TextTable table = new TextTable("FIGURE", "VALUE", "UNIT", "COMPARED WITH", "BASELINE", "TARGET", "MET");
        for (BenchmarkRow row : report.rows()) {
            table.row(
                    row.name(),
                    figure(row.value()),
                    row.unit(),
                    row.baselineName().orElse(""),
                    row.baseline().map(BenchCommand::figure).orElse(""),
                    row.target().map(BenchCommand::figure).orElse(""),
                    row.target().isEmpty() ? "" : row.met() ? terminal.good("yes") : terminal.bad("no"));
        }
        table.lines().forEach(terminal::line);
    }

    private void printJson(BenchmarkReport report) {
        Json documents = new Json();
        ObjectNode document = documents
                .object()
                .put("bench", report.bench())
                .put("machine", report.machine())
                .put("date", report.date().toString());
        ArrayNode rows = document.putArray("rows");
        for (BenchmarkRow row : report.rows()) {
            rows.addObject()
                    .put("name", row.name())
                    .put("unit", row.unit())
                    .put("value", row.value())
                    .put("baseline", row.baseline().orElse(null))
                    .put("baselineName", row.baselineName().orElse(null))
                    .put("target", row.target().orElse(null))
                    .put("met", row.met());
        }
        context.terminal().line(documents.write(document));
    }

    /** Three significant digits for small figures, whole numbers for large ones. */
    static String figure(double value) {
        double size = Math.abs(value);
        if (size >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
    }
}
