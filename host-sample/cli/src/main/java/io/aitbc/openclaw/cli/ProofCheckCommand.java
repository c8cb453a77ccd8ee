package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.Verdict;
import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.host.StoppedPlugins;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Checks a zero-knowledge proof, as `proof generate` writes it; nothing is asked of a host or a network.",
        footer =
                "Exit code 0 only when the proof holds under keys that are trusted. Keys that are not named are not trusted.")
final class ProofCheckCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private HostOptions options = new HostOptions();

    @Parameters(paramLabel = "FILE", description = "A proof of `proof generate` or of snarkjs, or a receipt of AITBC.")
    private Path file = Path.of("");

    @Option(names = "--circuit", paramLabel = "NAME", description = "Of which circuit a proof.json of snarkjs is.")
    private @Nullable String circuit;

    @Option(names = "--public", paramLabel = "FILE", description = "The public.json of snarkjs that belongs to it.")
    private @Nullable Path signals;

    @Option(
            names = "--trust",
            paramLabel = "KEY|HASH",
            description =
                    "A key you know from its owner: the SHA-256 of a verification key, a host's key, a miner's key for receipts. May be given more than once.")
    private @Nullable List<String> trusted;

    @Option(
            names = "--since",
            paramLabel = "PROOF",
            description =
                    "An earlier proof of the same host that you kept: its tree of receipts has to have grown from there.")
    private @Nullable Path since;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    ProofCheckCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Evidence evidence = evidence();
        Verdict verdict = ProofChains.elsewhere(options, context, config -> verify(config, evidence));
        if (json) {
            printJson(verdict);
        } else {
            print(verdict);
        }
        return verdict.valid() && verdict.assurance() != AssuranceLevel.NONE ? ExitCode.DONE : ExitCode.FAILED;
    }

    private Evidence evidence() {
        if (circuit != null && signals != null && since == null) {
            return ProofFile.ofSnarkjs(file, circuit, signals, trusted());
        }
        if (circuit != null || signals != null) {
            throw new CommandFailure(ExitCode.WRONG_USAGE, "--circuit and --public belong together, and to no --since");
        }
        return since == null ? ProofFile.read(file, trusted()) : ProofFile.read(file, trusted(), since);
    }

    private Set<String> trusted() {
        Set<String> keys = new HashSet<>();
        for (String key : trusted == null ? List.<String>of() : trusted) {
            if (!key.matches("[0-9a-fA-F]{64}|[A-Za-z0-9_-]{43}")) {
                throw new CommandFailure(
                        ExitCode.WRONG_USAGE,
                        "--trust must be 64 hexadecimal digits, or a host's key of 43 characters, not '%s'"
                                .formatted(key));
            }
            keys.add(key);
        }
        return keys;
    }

    private static Verdict verify(HostConfig config, Evidence evidence) {
        try (StoppedPlugins plugins = StoppedPlugins.load(config)) {
            ProofVerifier verifier = plugins.extensions().all(ProofVerifier.class).stream()
                    .filter(it -> it.kinds().contains(evidence.kind()))
                    .findFirst()
                    .orElseThrow(() -> new CommandFailure(
                            ExitCode.FAILED,
                            "No plugin in %s checks such proofs; see `plugins list`"
                                    .formatted(config.pluginsDirectory())));
            return verifier.verify(evidence);
        } catch (OpenClawException e) {
            throw new CommandFailure(ExitCode.FAILED, e.getMessage());
        }
    }

    private void print(Verdict verdict) {
        Terminal terminal = context.terminal();
        terminal.line(verdict.valid() ? terminal.good("valid") : terminal.bad("not valid"));
        terminal.line("because    " + verdict.reason());
        terminal.line("assurance  " + verdict.assurance());
        verdict.notProven().forEach(line -> terminal.line("not proven " + line));
    }

    private void printJson(Verdict verdict) {
        Json documents = new Json();
        ObjectNode document = documents
                .object()
                .put("valid", verdict.valid())
                .put("assurance", verdict.assurance().name())
                .put("reason", verdict.reason());
        verdict.statement().ifPresent(statement -> {
            document.put("circuit", statement.circuit());
            ArrayNode signals = document.putArray("public_signals");
            statement.publicSignals().forEach(signals::add);
        });
        ArrayNode open = document.putArray("notProven");
        verdict.notProven().forEach(open::add);
        context.terminal().line(documents.write(document));
    }
}
