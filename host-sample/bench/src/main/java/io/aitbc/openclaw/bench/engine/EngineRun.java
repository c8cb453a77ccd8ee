package io.aitbc.openclaw.bench.engine;

import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.engine.EmbeddedEngine;
import io.aitbc.openclaw.engine.EmbeddedEngineOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Measures one kind of arithmetic in a JVM of its own, so that neither kind profits or suffers from what the compiler learned
 * from the other, and prints the figures.
 */
public final class EngineRun {
    private static final String MODEL = "wren-tiny";
    private static final String PROMPT = "Tell me a story about a fox.";
    private static final int TOKENS = 100;
    private static final double NANOS_PER_MILLI = 1e6;

    private EngineRun() {}

    /**
     * Prints {@code load first-token tokens/s} in ms, ms and tokens a second.
     *
     * @param arguments {@code scalar} or {@code vector}, seconds to measure, a folder to work in
     */
    @SuppressWarnings("SystemOut") // the figures are for the process that started this one
    public static void main(String[] arguments) {
        boolean vector = arguments[0].equals("vector");
        EngineFigures figures =
                measure(vector, Duration.ofSeconds(Long.parseLong(arguments[1])), Path.of(arguments[2]));
        System.out.println(figures.line());
    }

    static EngineFigures measure(boolean vector, Duration time, Path folder) {
        EmbeddedEngineOptions options =
                EmbeddedEngineOptions.in(folder).withConcurrency(1, 4).withVectorApi(vector);
        try (EmbeddedEngine engine = EmbeddedEngine.open(options)) {
            engine.catalogue();
            long start = System.nanoTime();
            engine.load(MODEL, GenerationOptions.none(), Optional.empty());
            double load = (System.nanoTime() - start) / NANOS_PER_MILLI;
            return warm(engine, load, time);
        }
    }

    private static EngineFigures warm(EmbeddedEngine engine, double load, Duration time) {
        long half = System.nanoTime() + time.toNanos() / 2;
        while (System.nanoTime() < half) {
            answer(engine);
        }
        List<Double> firsts = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        long end = System.nanoTime() + time.toNanos() / 2;
        while (System.nanoTime() < end || rates.size() < 5) {
            Answer answer = answer(engine);
            firsts.add(answer.firstMillis());
            rates.add(answer.tokensPerSecond());
        }
        return new EngineFigures(load, median(firsts), median(rates));
    }

    private record Answer(double firstMillis, double tokensPerSecond) {}

    private static Answer answer(EmbeddedEngine engine) {
        GenerationOptions greedy = GenerationOptions.of("temperature", 0L).with("num_predict", (long) TOKENS);
        long start = System.nanoTime();
        long first = 0;
        int pieces = 0;
        try (InferenceStream stream = engine.generate(
                GenerateRequest.of(MODEL, PROMPT, InferenceSettings.of(greedy), RequestContext.of("bench")))) {
            InferenceEvent event = stream.next();
            while (!(event instanceof InferenceEvent.Finished)) {
                if (pieces++ == 0) {
                    first = System.nanoTime();
                }
                event = stream.next();
            }
        }
        long end = System.nanoTime();
        return new Answer((first - start) / NANOS_PER_MILLI, (pieces - 1) * 1e9 / (end - first));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
