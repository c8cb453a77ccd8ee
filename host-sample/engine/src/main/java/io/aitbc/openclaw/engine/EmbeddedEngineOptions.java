package io.aitbc.openclaw.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;

/**
 * How an embedded engine runs.
 *
 * @param dataDirectory where the bundled models are unpacked to, so that they can be mapped; created when missing
 * @param modelDirectory where the operator puts {@code *.gguf} files and where created models are kept; created when needed
 * @param defaultNumCtx context length of requests that do not say one, tokens; models that were trained for less get less
 * @param maxGenerations answers computed at the same time, each on one thread
 * @param maxQueued answers that wait for their turn; more fail with OVERLOADED
 * @param keepAlive how long a model stays in memory after its last use; negative: for ever
 * @param memoryLimit most bytes all loaded models may take; empty: the machine's memory
 * @param heapWeightLimit models with at most so many bytes of weights, as floats, are copied to the heap for speed; larger
 *     ones are computed from the mapped file
 * @param vectorApi whether to use the Vector API where the module {@code jdk.incubator.vector} is there
 */
public record EmbeddedEngineOptions(
        Path dataDirectory,
        Path modelDirectory,
        int defaultNumCtx,
        int maxGenerations,
        int maxQueued,
        Duration keepAlive,
        OptionalLong memoryLimit,
        long heapWeightLimit,
        boolean vectorApi,
        InstantSource clock) {
    public EmbeddedEngineOptions {
        if (defaultNumCtx < 1 || maxGenerations < 1 || maxQueued < 1 || heapWeightLimit < 0) {
            throw new IllegalArgumentException(
                    "The context length, generations and queue length must be at least 1, the heap limit at least 0");
        }
    }

    /** What Ollama does by default, with one generation for each processor. */
    public static EmbeddedEngineOptions in(Path dataDirectory) {
        return new EmbeddedEngineOptions(
                dataDirectory,
                dataDirectory.resolve("models"),
                4096,
                Runtime.getRuntime().availableProcessors(),
                512,
                Duration.ofMinutes(5),
                OptionalLong.empty(),
                64L << 20,
                true,
                InstantSource.system());
    }

    public EmbeddedEngineOptions withModelDirectory(Path directory) {
        return new EmbeddedEngineOptions(
                dataDirectory,
                directory,
                defaultNumCtx,
                maxGenerations,
                maxQueued,
                keepAlive,
                memoryLimit,
                heapWeightLimit,
                vectorApi,
                clock);
    }

    public EmbeddedEngineOptions withDefaultNumCtx(int tokens) {
        return new EmbeddedEngineOptions(
                dataDirectory,
                modelDirectory,
                tokens,
                maxGenerations,
                maxQueued,
                keepAlive,
                memoryLimit,
                heapWeightLimit,
                vectorApi,
                clock);
    }

    public EmbeddedEngineOptions withConcurrency(int generations, int queued) {
        return new EmbeddedEngineOptions(
                dataDirectory,
                modelDirectory,
                defaultNumCtx,
                generations,
                queued,
                keepAlive,
                memoryLimit,
                heapWeightLimit,
                vectorApi,
                clock);
    }

    public EmbeddedEngineOptions withKeepAlive(Duration duration) {
        return new EmbeddedEngineOptions(
                dataDirectory,
                modelDirectory,
                defaultNumCtx,
                maxGenerations,
                maxQueued,
                duration,
                memoryLimit,
                heapWeightLimit,
                vectorApi,
                clock);
    }

    /** @param bytes most bytes of all loaded models together */
    public EmbeddedEngineOptions withMemoryLimit(long bytes) {
        return new EmbeddedEngineOptions(
                dataDirectory,
                modelDirectory,
                defaultNumCtx,
                maxGenerations,
                maxQueued,
                keepAlive,
                OptionalLong.of(bytes),
                heapWeightLimit,
                vectorApi,
                clock);
    }

    public EmbeddedEngineOptions withHeapWeightLimit(long bytes) {
        return new EmbeddedEngineOptions(
                dataDirectory,
                modelDirectory,
                defaultNumCtx,
                maxGenerations,
                maxQueued,
                keepAlive,
                memoryLimit,
                bytes,
                vectorApi,
                clock);
    }

    public EmbeddedEngineOptions withVectorApi(boolean use) {
        return new EmbeddedEngineOptions(
                dataDirectory,
                modelDirectory,
                defaultNumCtx,
                maxGenerations,
                maxQueued,
                keepAlive,
                memoryLimit,
                heapWeightLimit,
                use,
                clock);
    }
}
