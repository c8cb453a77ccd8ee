package io.aitbc.openclaw.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the installation again and again: how soon it is ready and answers, how much memory it takes, how soon it is gone. */
public final class StartupBenchmark implements Benchmark {
    private static final Logger LOG = LoggerFactory.getLogger(StartupBenchmark.class);
    private static final double READY_TARGET_MILLIS = 1500;
    private static final double ANSWER_TARGET_MILLIS = 450;
    private static final double MEMORY_TARGET_MEGABYTES = 250;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CHAT = "{\"model\":\"wren-tiny\",\"stream\":false,\"options\":{\"temperature\":0},"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";

    /**
     * One start that nobody asks anything before it is ready.
     *
     * @param readyMillis from the start of the launcher to its first line
     * @param loadedMegabytes resident memory with the embedded model loaded and idle
     * @param stopMillis from the signal to the end of the process
     */
    private record Run(double readyMillis, double loadedMegabytes, double stopMillis) {}

    /** For the service loader. */
    public StartupBenchmark() {}

    @Override
    public String name() {
        return "startup";
    }

    @Override
    public String summary() {
        return "time until ready, until a first answer, and memory of a fresh host with the devnet, all plugins and the embedded model";
    }

    @Override
    public List<BenchmarkRow> run(BenchmarkOptions options) throws Exception {
        Path launcher = launcher();
        List<Double> emptyJvm = new ArrayList<>();
        List<Run> runs = new ArrayList<>();
        List<Double> answers = new ArrayList<>();
        List<Double> answersAlone = new ArrayList<>();
        int times = options.shortRun() ? 3 : 10;
        // In turns, so that other work on the machine weighs on all of them alike.
        for (int i = 0; i < times; i++) {
            emptyJvm.add(emptyJvmMillis());
            runs.add(start(launcher, options.workDirectory().resolve("ready-" + i)));
            answers.add(firstAnswer(launcher, options.workDirectory().resolve("answer-" + i)));
            answersAlone.add(firstAnswer(launcher, options.workDirectory().resolve("alone-" + i), "--aitbc", "off"));
            LOG.atInfo()
                    .addKeyValue("run", runs.getLast())
                    .addKeyValue("firstAnswerMillis", answers.getLast())
                    .log("Started and stopped hosts");
        }
        double jvm = median(emptyJvm);
        double ready = median(runs.stream().map(Run::readyMillis).toList());
        double slowest = runs.stream().mapToDouble(Run::readyMillis).max().orElseThrow();
        return List.of(
                BenchmarkRow.atMost("ready after, median", "ms", ready, READY_TARGET_MILLIS)
                        .against("a JVM that does nothing", jvm),
                BenchmarkRow.of("ready after, slowest", "ms", slowest),
                BenchmarkRow.atMost("first answer after, median", "ms", median(answers), ANSWER_TARGET_MILLIS)
                        .against("a JVM that does nothing", jvm),
                BenchmarkRow.of("first answer after, slowest", "ms", Collections.max(answers)),
                BenchmarkRow.of("first answer after, no network, median", "ms", median(answersAlone))
                        .against("a JVM that does nothing", jvm),
                BenchmarkRow.atMost(
                        "resident with the model loaded, median",
                        "MB",
                        median(runs.stream().map(Run::loadedMegabytes).toList()),
                        MEMORY_TARGET_MEGABYTES),
                BenchmarkRow.of(
                        "gone after SIGTERM, median",
                        "ms",
                        median(runs.stream().map(Run::stopMillis).toList())));
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

    private static ProcessBuilder serve(Path launcher, Path data, int port, String... options) {
        List<String> command = new ArrayList<>(
                List.of(launcher.toString(), "serve", "--port", Integer.toString(port), "--data", data.toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("OPENCLAW_") || name.startsWith("AITBC_"));
        return builder;
    }

    private static Path log(Path data) throws IOException {
        return Files.createTempFile(data.toAbsolutePath().getParent(), "host", ".log");
    }

    private static Run start(Path launcher, Path data) throws IOException, InterruptedException {
        Path log = log(data);
        ProcessBuilder builder = serve(launcher, data, 0).redirectError(log.toFile());
        long start = System.nanoTime();
        Process process = builder.start();
        try (BufferedReader reader = process.inputReader()) {
            String line = reader.readLine();
            double ready = millisSince(start);
            if (line == null || !line.startsWith("ready ")) {
                throw new IOException("the host did not start: " + Files.readString(log));
            }
            load(URI.create(line.substring("ready ".length())));
            double memory = Machine.residentBytes(process.pid()).orElse(0L) / (double) (1 << 20);
            return new Run(ready, memory, stop(process, log));
        } finally {
            process.destroyForcibly();
        }
    }

    private static double stop(Process process, Path log) throws IOException, InterruptedException {
        long stop = System.nanoTime();
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("the host did not stop: " + Files.readString(log));
        }
        return millisSince(stop);
    }

    /** From the start of the launcher until a client that was there from the beginning has a whole answer of the embedded model. */
    private static double firstAnswer(Path launcher, Path data, String... options)
            throws IOException, InterruptedException {
        Path log = log(data);
        int port = freePort();
        ProcessBuilder builder = serve(launcher, data, port, options)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(log.toFile());
        long start = System.nanoTime();
        Process process = builder.start();
        try {
            chat(port, process);
            double answered = millisSince(start);
            double _ = stop(process, log);
            return answered;
        } finally {
            process.destroyForcibly();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** By hand: a client of the JDK would take longer to be loaded than the host to answer. */
    private static void chat(int port, Process process) throws IOException, InterruptedException {
        try (Socket socket = connected(port, process)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            byte[] body = CHAT.getBytes(StandardCharsets.US_ASCII);
            String head =
                    "POST /api/chat HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                            .formatted(port, body.length);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!answer.startsWith("HTTP/1.1 200 ") || !answer.contains("Hello") || !answer.contains("\"done\":true")) {
                throw new IOException("the host did not answer: " + answer);
            }
        }
    }

    private static Socket connected(int port, Process process) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (process.isAlive() && System.nanoTime() - start < PATIENCE.toNanos()) {
            try {
                return new Socket(InetAddress.getLoopbackAddress(), port);
            } catch (ConnectException e) {
                Thread.sleep(1);
            }
        }
        throw new IOException("the host never listened");
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

    private static double median(List<Double> figures) {
        List<Double> sorted = figures.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }
}
