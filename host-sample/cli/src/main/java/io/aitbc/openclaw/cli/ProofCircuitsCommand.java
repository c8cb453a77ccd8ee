package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.host.HostConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "circuits",
        mixinStandardHelpOptions = true,
        description = "What proofs can be made of, and what such a proof shows.")
final class ProofCircuitsCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private HostOptions options = new HostOptions();

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    ProofCircuitsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        HostConfig config = options.read(context.environment());
        JsonNode answer;
        try (ProofSource source = ProofSource.of(config)) {
            answer = source.circuits();
        }
        if (json) {
            context.terminal().line(new Json().write(answer));
            return ExitCode.DONE;
        }
        Terminal terminal = context.terminal();
        for (JsonNode circuit : answer.path("circuits")) {
            terminal.line(terminal.strong(circuit.path("circuit").asString("")));
            terminal.line(
                    "  shows     that somebody knew " + circuit.path("proves").asString(""));
            int number = 0;
            for (JsonNode signal : circuit.path("signals")) {
                terminal.line("  signal %d  %s".formatted(number++, signal.asString("")));
            }
            terminal.line("  key       " + circuit.path("key_sha256").asString(""));
            terminal.line("  setup     " + circuit.path("setup").asString("")
                    + (circuit.path("development_setup").asBoolean(true)
                            ? terminal.warn(" (development: whoever made it can forge proofs)")
                            : ""));
            terminal.line("  takes     "
                    + (circuit.path("computes_witness").asBoolean(false)
                            ? "inputs, or a witness"
                            : "a witness (.wtns)"));
        }
        if (answer.path("circuits").isEmpty()) {
            terminal.line("None: name a bundle under plugins.zk.circuits, see docs/proofs.md");
        }
        return ExitCode.DONE;
    }
}
