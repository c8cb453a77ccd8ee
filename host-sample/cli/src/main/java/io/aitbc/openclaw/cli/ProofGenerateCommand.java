package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.proof.ProofInput;
import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.host.http.ProofDocuments;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = "Makes a zero-knowledge proof of a circuit. It is checked before it is written.",
        footer = "`proof circuits` lists the circuits. Exit code 0 only when there is a proof.")
final class ProofGenerateCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ProofGenerateCommand.class);
    private static final int LARGEST_INPUT = 64 << 20;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final String STANDARD_INPUT = "-";
    private static final String ERASE_LINE = "\r\u001b[K";
    private static final Set<String> ENDS = Set.of("done", "failed", "canceled");

    private final CommandContext context;

    @Mixin
    private HostOptions options = new HostOptions();

    @Parameters(paramLabel = "CIRCUIT", description = "Name of the circuit.")
    private String circuit = "";

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description =
                    "The circuit's inputs, JSON as circom takes it, or a witness (.wtns). It is secret, and stays on this machine. '-' reads standard input.")
    private String input = "";

    @Option(
            names = "--answer",
            paramLabel = "JOB|REQUEST",
            description = "An answer of this host that the proof is about, instead of inputs; for receipt_chain.")
    private String answer = "";

    @Option(
            names = "--cap",
            paramLabel = "AIT",
            description =
                    "The most that the price in its receipt may be, such as 0.05; what was paid may differ. The price itself is not shown.")
    private String cap = "";

    @Option(
            names = "--since",
            paramLabel = "PROOF",
            description =
                    "An earlier proof about an answer of this host that the receiver kept: the new one then shows that the tree of receipts only grew since.")
    private @Nullable Path since;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "File to write; standard output when it is not given.")
    private @Nullable Path output;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    ProofGenerateCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        HostConfig config = options.read(context.environment());
        if (input.isEmpty() == answer.isEmpty()
                || answer.isEmpty() != cap.isEmpty()
                || (since != null && answer.isEmpty())) {
            throw new CommandFailure(
                    ExitCode.WRONG_USAGE,
                    "Give either --input FILE, or --answer JOB with --cap AIT and perhaps --since");
        }
        JsonNode job = answer.isEmpty() ? ofInputs(config) : ofAnswer(config);
        if (!job.has("proof")) {
            throw new CommandFailure(ExitCode.FAILED, job.path("error").asString("There is no proof"));
        }
        JsonNode proof = job.path("proof");
        Json documents = new Json();
        if (output != null) {
            write(documents.write(proof), output);
        }
        if (json || output == null) {
            context.terminal().line(documents.write(proof));
        } else {
            print(proof);
        }
        return ExitCode.DONE;
    }

    private JsonNode ofInputs(HostConfig config) throws InterruptedException {
        byte[] secret = read();
        try (ProofSource source = ProofSource.of(config)) {
            return finished(source, source.submit(circuit, secret));
        }
    }

    private JsonNode ofAnswer(HostConfig config) throws InterruptedException {
        ProofInput.Answer about;
        try {
            about = ProofDocuments.answer(
                    answer, cap, since == null ? OptionalLong.empty() : OptionalLong.of(ProofFile.receipts(since)));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.WRONG_USAGE, "No proof: " + e.getMessage());
        }
        try (ProofSource source = ProofSource.of(config)) {
            return finished(source, source.submit(circuit, about));
        }
    }

    private byte[] read() {
        byte[] bytes;
        try (InputStream in = input.equals(STANDARD_INPUT) ? context.in() : Files.newInputStream(Path.of(input))) {
            bytes = in.readNBytes(LARGEST_INPUT + 1);
        } catch (IOException | InvalidPathException e) {
            throw new CommandFailure(
                    ExitCode.WRONG_USAGE, input + " cannot be read: name a file, or - for standard input");
        }
        if (bytes.length > LARGEST_INPUT) {
            throw new CommandFailure(
                    ExitCode.WRONG_USAGE, "%s is larger than %d MiB".formatted(input, LARGEST_INPUT >> 20));
        }
        return bytes;
    }

    /** Whoever stops this command does not want the proof any more. */
    private JsonNode finished(ProofSource source, JsonNode submitted) throws InterruptedException {
        String id = submitted.path("id").asString("");
        Thread onSignal = new Thread(() -> cancel(source, id), "cancel-proof");
        Runtime.getRuntime().addShutdownHook(onSignal);
        boolean shown = context.terminal().colour() && !json;
        try {
            JsonNode job = submitted;
            while (!ENDS.contains(job.path("state").asString(""))) {
                if (shown) {
                    context.terminal()
                            .err()
                            .print(ERASE_LINE
                                    + "%s %d %%"
                                            .formatted(
                                                    job.path("state").asString(""),
                                                    job.path("percent").asInt(0)));
                    context.terminal().err().flush();
                }
                Thread.sleep(BETWEEN_LOOKS);
                job = source.look(id);
            }
            return job;
        } catch (InterruptedException e) {
            source.cancel(id);
            throw e;
        } finally {
            if (shown) {
                context.terminal().err().print(ERASE_LINE);
                context.terminal().err().flush();
            }
            removed(onSignal);
        }
    }

    private static void cancel(ProofSource source, String id) {
        try {
            source.cancel(id);
        } catch (InterruptedException | CommandFailure e) {
            LOG.debug("proof not canceled: {}", e.getMessage());
        }
    }

    private static void removed(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("Already shutting down");
        }
    }

    private static void write(String text, Path file) {
        try {
            Files.writeString(file, text + "\n");
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "%s cannot be written: %s".formatted(file, FailureReason.of(e)));
        }
    }

    private void print(JsonNode proof) {
        Terminal terminal = context.terminal();
        JsonNode evidence = proof.path("evidence");
        terminal.line(terminal.good("The proof holds")
                + ": %s, made by %s in %,d ms"
                        .formatted(
                                evidence.path("circuit").asString(""),
                                proof.path("prover").asString(""),
                                proof.path("milliseconds").asLong(0)));
        int number = 0;
        for (JsonNode signal : evidence.path("public_signals")) {
            terminal.line("signal %-3d %s".formatted(number++, signal.asString("")));
        }
        terminal.line("key        " + proof.path("key_sha256").asString(""));
        proof.path("not_proven").forEach(line -> terminal.line("not proven " + line.asString("")));
    }
}
