package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.BundlePolicy;
import io.aitbc.openclaw.api.proof.BundleVerdict;
import io.aitbc.openclaw.api.proof.ChainHead;
import io.aitbc.openclaw.api.proof.LinkVerdict;
import io.aitbc.openclaw.api.proof.ProofChain;
import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.host.StoppedPlugins;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "proof",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(export|verify|log|circuits|generate|check)",
        description =
                "What can be shown of answers: hand it out as a bundle, and check bundles without a host or a network. And zero-knowledge proofs of circuits.",
        subcommands = {ProofCircuitsCommand.class, ProofGenerateCommand.class, ProofCheckCommand.class},
        footer = "A bundle shows who said what. It does not show that a model computed an answer.")
final class ProofCommand {
    private static final int LARGEST_BUNDLE = 8 << 20;

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
                    Path output)
            throws InterruptedException {
        HostConfig config = options.read(context.environment());
        if (!id.matches("[A-Za-z0-9._:-]{1,200}")) {
            throw new CommandFailure(ExitCode.WRONG_USAGE, "That is not the id of a job or request");
        }
        Json documents = new Json();
        Optional<HostClient> running = HostClient.find(config);
        JsonNode bundle;
        if (running.isPresent()) {
            try (HostClient host = running.get()) {
                bundle = host.get("proofs/" + id);
            }
        } else {
            bundle = documents.read(withChain(config, chain -> chain.bundle(id))
                    .orElseThrow(() -> new CommandFailure(
                            ExitCode.FAILED, "The proof chain has no record of job or request '%s'".formatted(id))));
        }
        write(documents.write(bundle), output);
        return ExitCode.DONE;
    }

    private void write(String text, @Nullable Path output) {
        if (output == null) {
            context.terminal().line(text);
            return;
        }
        try {
            Files.writeString(output, text + "\n", StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "%s cannot be written: %s".formatted(output, e.getMessage()));
        }
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Checks a bundle, link by link; nothing is asked of a host or a network.",
            footer = "Exit code 0 only when every link holds. Keys that are not named are not trusted.")
    int verify(
            @Mixin HostOptions options,
            @Parameters(paramLabel = "FILE", description = "The bundle.") Path file,
            @Option(
                            names = "--trust",
                            paramLabel = "host:KEY|receipt:KEY|proof:HASH",
                            description =
                                    "A key you know from its owner: of a host, of a coordinator that signs receipts, or the SHA-256 of a verification key of proofs. May be given more than once.")
                    @Nullable
                    List<String> trusted,
            @Option(
                            names = "--require",
                            paramLabel = "LINK",
                            split = ",",
                            description = "Links that may not lack: receipt, proof.")
                    @Nullable
                    List<String> required,
            @Option(
                            names = "--without-receipt",
                            description = "An answer of a network is good enough without a receipt.")
                    boolean receiptMayLack,
            @Option(names = "--for", paramLabel = "JOB|REQUEST", description = "What the bundle has to be about.")
                    @Nullable
                    String about,
            @Option(names = "--json", description = "Print one JSON document.") boolean json)
            throws IOException {
        BundlePolicy policy = ProofTrust.policy(
                Optional.ofNullable(trusted).orElse(List.of()),
                Optional.ofNullable(required).orElse(List.of()),
                receiptMayLack,
                Optional.ofNullable(about));
        String bundle = read(file);
        Path folder = TemporaryFolder.create("openclaw-proof");
        BundleVerdict verdict;
        try {
            // A folder of its own: checking depends on nothing that lies on this machine, and leaves nothing behind.
            HostConfig config = options.read(
                    context.environment(),
                    Map.of("data-directory", folder.resolve("data").toString()));
            verdict = withChain(config, chain -> chain.verify(bundle, policy));
        } finally {
            TemporaryFolder.delete(folder);
        }
        if (json) {
            printJson(verdict);
        } else {
            print(verdict);
        }
        return verdict.valid() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static String read(Path file) {
        try (InputStream input = Files.newInputStream(file)) {
            byte[] bytes = input.readNBytes(LARGEST_BUNDLE + 1);
            if (bytes.length > LARGEST_BUNDLE) {
                throw new CommandFailure(ExitCode.FAILED, "%s is larger than a bundle may be (8 MiB)".formatted(file));
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "%s cannot be read: %s".formatted(file, e.getMessage()));
        }
    }

    private void print(BundleVerdict verdict) {
        Terminal terminal = context.terminal();
        for (LinkVerdict link : verdict.links()) {
            String state = "%-6s".formatted(state(link));
            String shown = switch (link.state()) {
                case HOLDS -> terminal.good(state);
                case FAILS -> terminal.bad(state);
                case ABSENT -> terminal.warn(state);
            };
            terminal.line("%s %-10s %s".formatted(shown, link.link(), link.reason()));
        }
        terminal.line("");
        terminal.line(
                verdict.valid()
                        ? terminal.good("Every link holds") + ": "
                                + verdict.about().orElse("")
                        : terminal.bad("Not every link holds"));
        terminal.line("assurance  " + verdict.assurance());
        verdict.notProven().forEach(line -> terminal.line("not proven " + line));
    }

    private static String state(LinkVerdict link) {
        return link.state().name().toLowerCase(Locale.ROOT);
    }

    private void printJson(BundleVerdict verdict) {
        Json documents = new Json();
        ObjectNode document = documents.object().put("valid", verdict.valid());
        verdict.about().ifPresent(about -> document.put("about", about));
        ArrayNode links = document.putArray("links");
        verdict.links()
                .forEach(link -> links.addObject()
                        .put("link", link.link())
                        .put("state", state(link))
                        .put("reason", link.reason()));
        document.put("assurance", verdict.assurance().name());
        ArrayNode open = document.putArray("notProven");
        verdict.notProven().forEach(open::add);
        context.terminal().line(documents.write(document));
    }

    @Command(
            name = "log",
            mixinStandardHelpOptions = true,
            description = "How many records the log has, its checkpoint, and the key others have to trust.")
    int log(
            @Mixin HostOptions options,
            @Option(names = "--json", description = "Print one JSON document.") boolean json)
            throws InterruptedException {
        HostConfig config = options.read(context.environment());
        Json documents = new Json();
        Optional<HostClient> running = HostClient.find(config);
        JsonNode head;
        if (running.isPresent()) {
            try (HostClient host = running.get()) {
                head = host.get("proofs");
            }
        } else {
            ChainHead read = withChain(config, ProofChain::head);
            head = documents
                    .object()
                    .put("size", read.size())
                    .put("root", read.root())
                    .put("host_key", read.keyId())
                    .put("checkpoint", read.checkpoint());
        }
        if (json) {
            context.terminal().line(documents.write(head));
        } else {
            Terminal terminal = context.terminal();
            terminal.line("records   " + head.path("size").asLong());
            terminal.line("root      " + head.path("root").asString(""));
            terminal.line("host key  " + head.path("host_key").asString(""));
            terminal.line("");
            terminal.line(head.path("checkpoint").asString("").stripTrailing());
        }
        return ExitCode.DONE;
    }

    private static <R> R withChain(HostConfig config, Function<ProofChain, R> use) {
        try (StoppedPlugins plugins = StoppedPlugins.load(config)) {
            ProofChain chain = plugins.extensions()
                    .first(ProofChain.class)
                    .orElseThrow(() -> new CommandFailure(
                            ExitCode.FAILED,
                            "No plugin in %s keeps a proof chain; see `plugins list`"
                                    .formatted(config.pluginsDirectory())));
            return use.apply(chain);
        } catch (OpenClawException e) {
            throw new CommandFailure(ExitCode.FAILED, e.getMessage());
        }
    }
}
