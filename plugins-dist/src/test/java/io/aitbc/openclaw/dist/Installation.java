package io.aitbc.openclaw.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What was assembled, run the way a user runs it: with its launcher, in a fresh JVM, with no settings of this machine. */
final class Installation {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /**
     * A command that ended.
     *
     * @param out what it printed on standard output
     * @param err what it printed on standard error
     */
    record Ended(int exitCode, String out, String err) {}

    private final Path home;
    private final Path scratch;
    private final Optional<NoNetwork> noNetwork;

    /** @param scratch an empty folder for data and logs */
    Installation(Path scratch) {
        this(scratch, Path.of(System.getProperty("openclaw.distribution")));
    }

    /** Another one than the build's own. */
    Installation(Path scratch, Path home) {
        this(scratch, home, Optional.empty());
    }

    private Installation(Path scratch, Path home, Optional<NoNetwork> noNetwork) {
        this.scratch = scratch;
        this.home = home;
        this.noNetwork = noNetwork;
    }

    /** The same where no command can connect to anything. */
    Installation without(NoNetwork network) {
        return new Installation(scratch, home, Optional.of(network));
    }

    static Path target() {
        return Path.of(System.getProperty("openclaw.target"));
    }

    Path home() {
        return home;
    }

    Path scratch() {
        return scratch;
    }

    /** Runs a command to its end. */
    Ended run(String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(scratch, "out", ".txt");
        Path err = Files.createTempFile(scratch, "err", ".txt");
        Process process = builder(arguments)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("did not end: " + List.of(arguments) + Files.readString(err));
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /**
     * Starts a command and leaves it alone.
     *
     * @param err gets what it says on standard error
     */
    Process process(Path err, String... arguments) throws IOException {
        return builder(arguments)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(err.toFile())
                .start();
    }

    /** Starts {@code serve} on a free port and waits until it is ready. */
    RunningHost serve(String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "serve", "--port", "0", "--data", scratch.resolve("data").toString()));
        arguments.addAll(List.of(options));
        return start(arguments);
    }

    /** Starts {@code devnet} on free ports and waits until it is ready. */
    RunningHost devnet(String... options) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("devnet", "--port", "0", "--marketplace-port", "0", "--chain-port", "0"));
        arguments.addAll(List.of(options));
        return start(arguments);
    }

    /** Options that point a host at such a devnet, with a wallet key of its own. */
    List<String> network(RunningHost devnet) throws IOException, InterruptedException {
        Path key = Files.writeString(scratch.resolve("wallet-key"), "0x" + "1f".repeat(32));
        return List.of(
                "--aitbc",
                devnet.url(),
                "--set",
                "plugins.aitbc-provider.marketplace-url=" + devnet.awaitLine("marketplace "),
                "--set",
                "plugins.aitbc-provider.trusted-receipt-keys=" + devnet.awaitLine("receipt key "),
                "--set",
                "plugins.aitbc-provider.wallet-key-file=" + key,
                "--set",
                "plugins.aitbc-provider.chain-url=" + devnet.awaitLine("chain "),
                "--set",
                "plugins.aitbc-provider.poll-interval=20ms");
    }

    private RunningHost start(List<String> arguments) throws IOException {
        Path err = Files.createTempFile(scratch, arguments.getFirst(), ".err");
        long start = System.nanoTime();
        Process process = builder(arguments.toArray(String[]::new))
                .redirectError(err.toFile())
                .start();
        return RunningHost.awaitReady(process, start, err);
    }

    private ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin").resolve("openclaw-aitbc").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(scratch.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("OPENCLAW_") || name.startsWith("AITBC_"));
        environment.put("XDG_CONFIG_HOME", scratch.toString());
        environment.put("XDG_DATA_HOME", scratch.toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        noNetwork.ifPresent(it -> it.applyTo(builder));
        return builder;
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
