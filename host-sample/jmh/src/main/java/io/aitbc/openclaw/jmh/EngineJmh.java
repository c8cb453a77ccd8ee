package io.aitbc.openclaw.jmh;

import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.engine.EmbeddedEngine;
import io.aitbc.openclaw.engine.EmbeddedEngineOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The embedded engine on its bundled model, one answer at a time on one thread, greedy. */
@State(Scope.Benchmark)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class EngineJmh {
    private static final String MODEL = "wren-tiny";
    private static final String PROMPT = "Tell me a story about a fox.";
    private static final int TOKENS = 100;

    /** Plain Java or the Vector API. */
    @Param({"scalar", "vector"})
    public String arithmetic = "scalar";

    private Optional<Path> folder = Optional.empty();
    private Optional<EmbeddedEngine> engine = Optional.empty();

    @Setup
    public void open() throws IOException {
        Path created = Files.createTempDirectory("engine-jmh");
        folder = Optional.of(created);
        EmbeddedEngine opened = EmbeddedEngine.open(
                EmbeddedEngineOptions.in(created).withConcurrency(1, 4).withVectorApi(arithmetic.equals("vector")));
        opened.load(MODEL, GenerationOptions.none(), Optional.empty());
        engine = Optional.of(opened);
    }

    @TearDown
    public void close() throws IOException {
        engine.ifPresent(EmbeddedEngine::close);
        if (folder.isPresent()) {
            try (Stream<Path> files = Files.walk(folder.get())) {
                List<Path> deepestFirst =
                        files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : deepestFirst) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Tokens a second, the prompt included. */
    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    @OperationsPerInvocation(TOKENS)
    public int tokens() {
        return answer(TOKENS);
    }

    /** Milliseconds from the request to the end of an answer of one token. */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public int firstToken() {
        return answer(1);
    }

    private int answer(int tokens) {
        GenerationOptions greedy = GenerationOptions.of("temperature", 0L).with("num_predict", (long) tokens);
        int pieces = 0;
        try (InferenceStream stream = engine.orElseThrow()
                .generate(GenerateRequest.of(MODEL, PROMPT, InferenceSettings.of(greedy), RequestContext.of("jmh")))) {
            while (!(stream.next() instanceof InferenceEvent.Finished)) {
                pieces++;
            }
        }
        return pieces;
    }
}
