package io.aitbc.openclaw.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the installation again and again: how soon it is ready, how much memory it takes, how soon it is gone. */
public final class StartupBenchmark implements Benchmark {
    private static final Logger LOG = LoggerFactory.getLogger(StartupBenchmark.class);
    private static final double READY_TARGET_MILLIS = 1500;
    private static final double ANSWER_TARGET_MILLIS = 450;
    private static final double MEMORY_TARGET_MEGABYTES = 250;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * One start.
     *
     * @param readyMillis from the start of the process to its first line
     * @param answerMillis from the start of the process to the first answer a client has in full
     * @param loadedMegabytes resident memory with the embedded model loaded and idle
     * @param stopMillis from the signal to the end of the process
     */
    private record Run(double readyMillis, double answerMillis, double loadedMegabytes, double stopMillis) {}

    /** For the service loader. */
    public StartupBenchmark() {}

    @Override
    public String name() {
        return "startup";
    }

    @Override
    public String summary() {
        return "time until ready and memory of a fresh host with the devnet, all plugins and the embedded model";
    }

    @Override
    public List<BenchmarkRow> run(BenchmarkOptions options) throws Exception {
        Path launcher = launcher();
        double emptyJvm = median(repeat(options.shortRun() ? 3 : 5, this::emptyJvmMillis));
        List<Run> runs = new ArrayList<>();
        int times = options.shortRun() ? 3 : 10;
        for (int i = 0; i < times; i++) {
            runs.add(start(launcher, options.workDirectory().resolve("data-" + i)));
            LOG.atInfo().addKeyValue("run", runs.getLast()).log("Started and stopped a host");
        }
        double ready = median(runs.stream().mapToDouble(Run::readyMillis).toArray());
        double answer = median(runs.stream().mapToDouble(Run::answerMillis).toArray());
        double memory = median(runs.stream().mapToDouble(Run::loadedMegabytes).toArray());
        double slowest = runs.stream().mapToDouble(Run::readyMillis).max().orElseThrow();
        double stop = median(runs.stream().mapToDouble(Run::stopMillis).toArray());
        return List.of(
                BenchmarkRow.atMost("ready after, median", "ms", ready, READY_TARGET_MILLIS)
                        .against("a JVM that does nothing", emptyJvm),
                BenchmarkRow.atMost("first answer after, median", "ms", answer, ANSWER_TARGET_MILLIS),
                BenchmarkRow.of("ready after, slowest", "ms", slowest),
                BenchmarkRow.atMost("resident with the model loaded, median", "MB", memory, MEMORY_TARGET_MEGABYTES),
                BenchmarkRow.of("gone after SIGTERM, median", "ms", stop));
    }

    private static Path launcher() throws IOException {
        String home = System.getProperty("openclaw.home");
        if (home == null) {
            throw new IOException("this benchmark starts an installation: use ./run bench startup");
        }
        return Path.of(home, "bin", "openclaw-aitbc");
    }

    private double emptyJvmMillis() throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--version")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.waitFor();
        return millisSince(start);
    }

    private static Run start(Path launcher, Path data) throws IOException, InterruptedException {
        Path log = Files.createTempFile(data.toAbsolutePath().getParent(), "host", ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        launcher.toString(), "serve", "--port", "0", "--data", data.toString())
                .redirectError(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("OPENCLAW_") || name.startsWith("AITBC_"));
        long start = System.nanoTime();
        Process process = builder.start();
        try (BufferedReader reader = process.inputReader()) {
            String line = reader.readLine();
            double ready = millisSince(start);
            if (line == null || !line.startsWith("ready ")) {
                throw new IOException("the host did not start: " + Files.readString(log));
            }
            URI host = URI.create(line.substring("ready ".length()));
            firstAnswer(host);
            double answer = millisSince(start);
            load(host);
            double memory = Machine.residentBytes(process.pid()).orElse(0L) / (double) (1 << 20);
            long stop = System.nanoTime();
            process.destroy();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("the host did not stop: " + Files.readString(log));
            }
            return new Run(ready, answer, memory, millisSince(stop));
        } finally {
            process.destroyForcibly();
        }
    }

    /** By hand: a client of the JDK would take longer to be loaded than the host to answer. */
    private static void firstAnswer(URI host) throws IOException {
        try (Socket socket = new Socket(host.getHost(), host.getPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            String request = "GET /api/tags HTTP/1.1\r\nHost: " + host.getAuthority() + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!answer.startsWith("HTTP/1.1 200 ") || !answer.contains("wren-tiny")) {
                throw new IOException("the host did not list its models: " + answer);
            }
        }
    }

    /** An empty prompt loads the model and computes nothing. */
    private static void load(URI host) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(host.resolve("/api/generate"))
                    .timeout(PATIENCE)
                    .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"wren-tiny\",\"stream\":false}"))
                    .build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("the model was not loaded: " + response.body());
            }
        }
    }

    private interface Timed {
        double millis() throws IOException, InterruptedException;
    }

    private static double[] repeat(int times, Timed timed) throws IOException, InterruptedException {
        double[] figures = new double[times];
        for (int i = 0; i < times; i++) {
            figures[i] = timed.millis();
        }
        return figures;
    }

    private static double median(double... figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }
}
