package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.proof.ChainHead;
import io.aitbc.openclaw.api.proof.ConsistencyProof;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.LinkVerdict;
import io.aitbc.openclaw.api.proof.ProofChain;
import io.aitbc.openclaw.host.HostConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "proof",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(list|export|verify|log|circuits|generate|check)",
        description =
                "What can be shown of answers: hand it out as a bundle, and check bundles without a host or a network. And zero-knowledge proofs of circuits.",
        footer = "A bundle shows who said what. It does not show that a model computed an answer.",
        subcommands = {
            ProofListCommand.class,
            ProofVerifyCommand.class,
            ProofCircuitsCommand.class,
            ProofGenerateCommand.class,
            ProofCheckCommand.class
        })
final class ProofCommand {
    private final CommandContext context;

    ProofCommand(CommandContext context) {
        this.context = context;
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description =
                    "Writes the bundle of an answer. It holds the network's receipt, and with it prompt and answer.")
    int export(
            @Mixin HostOptions options,
            @Parameters(paramLabel = "JOB|REQUEST", description = "Id of a network's job or of a request.") String id,
            @Option(
                            names = {"-o", "--output"},
                            paramLabel = "FILE",
                            description = "File to write; standard output when it is not given.")
                    @Nullable
                    Path output,
            @Option(
                            names = "--since",
                            paramLabel = "CHECKPOINT",
                            description =
                                    "File with a checkpoint of this host that the receiver kept: the bundle then shows that the log only grew since.")
                    @Nullable
                    Path kept,
            @Option(
                            names = "--price",
                            paramLabel = "PROOF",
                            description =
                                    "File with a proof of receipt_chain about this answer, as `proof generate` writes it: it goes into the bundle.")
                    @Nullable
                    Path price)
            throws IOException, InterruptedException {
        HostConfig config = options.read(context.environment());
        if (!id.matches("[A-Za-z0-9._:-]{1,200}")) {
            throw new CommandFailure(ExitCode.WRONG_USAGE, "That is not the id of a job or request");
        }
        OptionalLong since = kept == null
                ? OptionalLong.empty()
                : OptionalLong.of(KeptCheckpoint.read(kept).size());
        String bare = bundle(config, id, since);
        String bundle = price == null ? bare : withPrice(options, bare, price);
        if (output == null) {
            context.terminal().line(bundle);
        } else {
            SmallFile.writePrivately(output, bundle + "\n");
        }
        return ExitCode.DONE;
    }

    private String withPrice(HostOptions options, String bundle, Path price) throws IOException {
        Evidence proof = ProofFile.read(price, Set.of());
        return ProofChains.empty(options, context, chain -> chain.withPrice(bundle, proof.json()));
    }

    /** As it came: written anew, half a character in a receipt would be lost, and with it the hash. */
    private static String bundle(HostConfig config, String id, OptionalLong since) throws InterruptedException {
        Optional<HostClient> running = HostClient.find(config);
        if (running.isPresent()) {
            try (HostClient host = running.get()) {
                String parameter = since.isPresent() ? "?since=" + since.getAsLong() : "";
                return host.getText("proofs/" + id + parameter);
            }
        }
        return ProofChains.with(config, chain -> chain.bundle(id, since))
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.FAILED, "The proof chain has no record of job or request '%s'".formatted(id)));
    }

    @Command(
            name = "log",
            mixinStandardHelpOptions = true,
            description = "How many records the log has, its checkpoint, and the key others have to trust.",
            footer = "With --since the exit code is 0 only when the log follows from the checkpoint.")
    int log(
            @Mixin HostOptions options,
            @Option(
                            names = "--since",
                            paramLabel = "FILE",
                            description = "A checkpoint that was kept: shows whether the log only grew since.")
                    @Nullable
                    Path kept,
            @Option(names = "--save", paramLabel = "FILE", description = "Keeps the checkpoint in this file.") @Nullable
                    Path save,
            @Option(names = "--json", description = "Print one JSON document.") boolean json)
            throws IOException, InterruptedException {
        HostConfig config = options.read(context.environment());
        if (kept == null) {
            ChainHead head = head(config);
            print(head, Optional.empty(), json);
            keep(save, head);
            return ExitCode.DONE;
        }
        KeptCheckpoint earlier = KeptCheckpoint.read(kept);
        ConsistencyProof proof = consistency(config, earlier.size());
        LinkVerdict verdict = ProofChains.empty(options, context, chain -> chain.verify(earlier.note(), proof));
        print(proof.head(), Optional.of(verdict), json);
        if (verdict.isGood()) {
            keep(save, proof.head());
        }
        return verdict.isGood() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static void keep(@Nullable Path file, ChainHead head) {
        if (file != null) {
            SmallFile.write(file, head.checkpoint());
        }
    }

    private static ChainHead head(HostConfig config) throws InterruptedException {
        Optional<HostClient> running = HostClient.find(config);
        if (running.isEmpty()) {
            return ProofChains.with(config, ProofChain::head);
        }
        try (HostClient host = running.get()) {
            return head(host.get("proofs"));
        }
    }

    private static ConsistencyProof consistency(HostConfig config, long since) throws InterruptedException {
        Optional<HostClient> running = HostClient.find(config);
        if (running.isEmpty()) {
            return ProofChains.with(config, chain -> chain.consistency(since));
        }
        try (HostClient host = running.get()) {
            JsonNode answer = host.get("proofs/consistency?since=" + since);
            return new ConsistencyProof(
                    answer.path("earlier").asString(""),
                    answer.path("path")
                            .valueStream()
                            .map(step -> step.asString(""))
                            .toList(),
                    head(answer));
        }
    }

    private static ChainHead head(JsonNode answer) {
        return new ChainHead(
                answer.path("size").asLong(),
                answer.path("root").asString(""),
                answer.path("host_key").asString(""),
                answer.path("checkpoint").asString(""));
    }

    private void print(ChainHead head, Optional<LinkVerdict> consistency, boolean json) {
        Terminal terminal = context.terminal();
        if (json) {
            Json documents = new Json();
            ObjectNode document = documents
                    .object()
                    .put("size", head.size())
                    .put("root", head.root())
                    .put("host_key", head.keyId())
                    .put("checkpoint", head.checkpoint());
            consistency.ifPresent(verdict -> ProofVerifyCommand.write(document.putObject("consistency"), verdict));
            terminal.line(documents.write(document));
            return;
        }
        terminal.line("records   " + head.size());
        terminal.line("root      " + head.root());
        terminal.line("host key  " + head.keyId());
        terminal.line("");
        terminal.line(head.checkpoint().stripTrailing());
        consistency.ifPresent(verdict -> {
            terminal.line("");
            ProofVerifyCommand.print(terminal, verdict);
        });
    }
}
