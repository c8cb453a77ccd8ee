package io.aitbc.openclaw.bench.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A host in a process of its own, started as this one was started, so that what is measured is what users run. */
final class HostProcess implements AutoCloseable {
    private static final String READY = "ready ";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final URI url;

    private HostProcess(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /**
     * Starts {@code serve} in front of an Ollama, without any network.
     *
     * @throws IOException when it does not say within a minute that it is ready; its own words are in the message
     */
    static HostProcess start(URI ollama, Path directory) throws IOException, InterruptedException {
        List<String> command = javaCommand();
        command.addAll(List.of("serve", "--port", "0", "--ollama", ollama.toString(), "--aitbc", "off"));
        command.addAll(List.of("--data", directory.resolve("data").toString()));
        Path log = directory.resolve("host.log");
        Process process = new ProcessBuilder(command)
                .redirectError(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        Optional<String> line = firstLine(process);
        if (line.isEmpty() || !line.get().startsWith(READY)) {
            process.destroyForcibly();
            throw new IOException("the host did not start: " + line.orElse("no word on its output") + "; see " + log);
        }
        return new HostProcess(
                process, URI.create(line.get().substring(READY.length()).strip()));
    }

    private static List<String> javaCommand() throws IOException {
        Optional<String> module = Optional.ofNullable(System.getProperty("jdk.module.main"));
        if (module.isEmpty()) {
            throw new IOException("this benchmark starts a host as this process was started: use ./run bench gateway");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            boolean path = argument.startsWith("--module-path") || argument.startsWith("-Djdk.module");
            if (!path && !argument.startsWith("-agentlib") && !argument.startsWith("-XX:StartFlightRecording")) {
                command.add(argument);
            }
        }
        command.addAll(List.of("--module-path", System.getProperty("jdk.module.path", "")));
        command.addAll(List.of("--class-path", System.getProperty("java.class.path", "")));
        command.addAll(List.of("--module", module.get() + "/" + System.getProperty("jdk.module.main.class")));
        return command;
    }

    private static Optional<String> firstLine(Process process) throws IOException, InterruptedException {
        CompletableFuture<Optional<String>> line = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                BufferedReader reader = process.inputReader();
                line.complete(Optional.ofNullable(reader.readLine()));
                // What else it says is nobody's business, but a full pipe would stop it.
                reader.transferTo(java.io.Writer.nullWriter());
            } catch (IOException e) {
                line.complete(Optional.empty());
            }
        });
        try {
            return line.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        }
    }

    URI url() {
        return url;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
