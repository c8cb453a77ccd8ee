package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.proof.BundlePolicy;
import io.aitbc.openclaw.api.proof.BundleVerdict;
import io.aitbc.openclaw.api.proof.LinkVerdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Checks a bundle, link by link; nothing is asked of a host or a network.",
        footer = "Exit code 0 only when every link holds. Keys that are not named are not trusted.")
final class ProofVerifyCommand implements Callable<Integer> {
    private static final int LARGEST_BUNDLE = 8 << 20;

    private final CommandContext context;

    @Mixin
    private HostOptions options = new HostOptions();

    @Parameters(paramLabel = "FILE", description = "The bundle.")
    private Path file = Path.of("");

    @Option(
            names = "--trust",
            paramLabel = "host:KEY|receipt:KEY|miner:KEY|proof:HASH",
            description =
                    "A key you know from its owner: of a host, of a coordinator that signs receipts, of a miner that signs its own, or the SHA-256 of a verification key of proofs. May be given more than once.")
    private List<String> trusted = List.of();

    @Option(
            names = "--require",
            paramLabel = "LINK",
            split = ",",
            description = "Links that may not lack: receipt, proof, price.")
    private List<String> required = List.of();

    @Option(names = "--without-receipt", description = "An answer of a network is good enough without a receipt.")
    private boolean receiptMayLack;

    @Option(names = "--policy", paramLabel = "FILE", description = "Keys and rules, in place of the options above.")
    private @Nullable Path policyFile;

    @Option(names = "--for", paramLabel = "JOB|REQUEST", description = "What the bundle has to be about.")
    private @Nullable String about;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "A checkpoint of the host that you kept: its log has to have grown from there.")
    private @Nullable Path checkpoint;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    ProofVerifyCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        BundlePolicy policy = policy();
        String bundle = SmallFile.read(file, LARGEST_BUNDLE, "bundle");
        BundleVerdict verdict = ProofChains.empty(options, context, chain -> chain.verify(bundle, policy));
        if (json) {
            printJson(verdict);
        } else {
            print(verdict);
        }
        return verdict.valid() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private BundlePolicy policy() {
        BundlePolicy policy = policyFile == null
                ? ProofTrust.policy(trusted, required, receiptMayLack, Optional.ofNullable(about))
                : policy(policyFile);
        if (checkpoint == null) {
            return policy;
        }
        if (policy.keptCheckpoint().isPresent()) {
            throw new CommandFailure(
                    ExitCode.WRONG_USAGE, "The policy names a checkpoint, and --checkpoint another: keep one");
        }
        return policy.withKeptCheckpoint(KeptCheckpoint.read(checkpoint).note());
    }

    private BundlePolicy policy(Path from) {
        if (!trusted.isEmpty() || !required.isEmpty() || receiptMayLack) {
            throw new CommandFailure(
                    ExitCode.WRONG_USAGE,
                    "--policy stands in place of --trust, --require and --without-receipt: put them into the file");
        }
        return ProofPolicyFile.read(from, Optional.ofNullable(about));
    }

    private void print(BundleVerdict verdict) {
        Terminal terminal = context.terminal();
        verdict.links().forEach(link -> print(terminal, link));
        terminal.line("");
        terminal.line(
                verdict.valid()
                        ? terminal.good("Every link holds") + ": "
                                + Terminal.plain(verdict.about().orElse(""))
                        : terminal.bad("Not every link holds"));
        terminal.line("assurance  " + verdict.assurance());
        verdict.notProven().forEach(line -> terminal.line("not proven " + Terminal.plain(line)));
    }

    static void print(Terminal terminal, LinkVerdict link) {
        String state = "%-6s".formatted(state(link));
        String shown = switch (link.state()) {
            case HOLDS -> terminal.good(state);
            case FAILS -> terminal.bad(state);
            case ABSENT -> terminal.warn(state);
        };
        terminal.line("%s %-11s %s".formatted(shown, link.link(), Terminal.plain(link.reason())));
    }

    static String state(LinkVerdict link) {
        return link.state().name().toLowerCase(Locale.ROOT);
    }

    static ObjectNode write(ObjectNode node, LinkVerdict link) {
        return node.put("link", link.link()).put("state", state(link)).put("reason", link.reason());
    }

    private void printJson(BundleVerdict verdict) {
        Json documents = new Json();
        ObjectNode document = documents.object().put("valid", verdict.valid());
        verdict.about().ifPresent(it -> document.put("about", it));
        ArrayNode links = document.putArray("links");
        verdict.links().forEach(link -> write(links.addObject(), link));
        document.put("assurance", verdict.assurance().name());
        ArrayNode open = document.putArray("notProven");
        verdict.notProven().forEach(open::add);
        context.terminal().line(documents.write(document));
    }
}
