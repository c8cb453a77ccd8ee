package io.aitbc.openclaw.bench.engine;

import io.aitbc.openclaw.bench.Benchmark;
import io.aitbc.openclaw.bench.BenchmarkOptions;
import io.aitbc.openclaw.bench.BenchmarkRow;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The speed of the embedded engine on its bundled model: greedy, 100 tokens, one thread, warm. Plain Java and the Vector API
 * are measured one after the other, each in a fresh JVM.
 */
public final class EngineBenchmark implements Benchmark {
    private static final double LEAST_TOKENS_PER_SECOND = 500;
    private static final double MOST_FIRST_TOKEN_MILLIS = 25;
    private static final double LEAST_VECTOR_GAIN = 1.5;
    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    @Override
    public String name() {
        return "engine";
    }

    @Override
    public String summary() {
        return "speed of the embedded engine on one thread, in plain Java and with the Vector API";
    }

    @Override
    public List<BenchmarkRow> run(BenchmarkOptions options) throws IOException, InterruptedException {
        long seconds = options.shortRun() ? 12 : 40;
        EngineFigures scalar = measure("scalar", seconds, options.workDirectory());
        EngineFigures vector = measure("vector", seconds, options.workDirectory());
        return rows(scalar, vector);
    }

    static List<BenchmarkRow> rows(EngineFigures scalar, EngineFigures vector) {
        return List.of(
                BenchmarkRow.atLeast(
                        "greedy tokens, plain Java", "tokens/s", scalar.tokensPerSecond(), LEAST_TOKENS_PER_SECOND),
                BenchmarkRow.of("greedy tokens, Vector API", "tokens/s", vector.tokensPerSecond())
                        .against("plain Java", scalar.tokensPerSecond()),
                BenchmarkRow.atLeast(
                        "Vector API over plain Java",
                        "times",
                        vector.tokensPerSecond() / scalar.tokensPerSecond(),
                        LEAST_VECTOR_GAIN),
                BenchmarkRow.atMost(
                        "first token, plain Java", "ms", scalar.firstTokenMillis(), MOST_FIRST_TOKEN_MILLIS),
                BenchmarkRow.atMost(
                        "first token, Vector API", "ms", vector.firstTokenMillis(), MOST_FIRST_TOKEN_MILLIS),
                BenchmarkRow.of("load, plain Java, cold JVM", "ms", scalar.loadMillis()),
                BenchmarkRow.of("load, Vector API, cold JVM", "ms", vector.loadMillis()));
    }

    private static EngineFigures measure(String kind, long seconds, Path folder)
            throws IOException, InterruptedException {
        Path work = Files.createDirectories(folder.resolve(kind));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (kind.equals("vector")) {
            command.addAll(List.of("--add-modules", VECTOR_MODULE));
        }
        String modulePath = System.getProperty("jdk.module.path", "");
        if (modulePath.isEmpty()) {
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), EngineRun.class.getName()));
        } else {
            String module = EngineRun.class.getModule().getName();
            command.addAll(List.of("-p", modulePath, "-m", module + "/" + EngineRun.class.getName()));
        }
        command.addAll(List.of(kind, Long.toString(seconds), work.toString()));
        return run(command, Duration.ofSeconds(seconds * 2 + 30));
    }

    private static EngineFigures run(List<String> command, Duration limit) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = process.inputReader()) {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
                throw new IOException("the measuring process failed: " + String.join(" ", command));
            }
            return EngineFigures.parse(output.readAllLines());
        } finally {
            process.destroyForcibly();
        }
    }
}
