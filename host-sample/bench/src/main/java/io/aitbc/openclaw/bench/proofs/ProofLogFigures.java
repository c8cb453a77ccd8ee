package io.aitbc.openclaw.bench.proofs;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.proof.AnswerRecord;
import io.aitbc.openclaw.api.proof.BundlePolicy;
import io.aitbc.openclaw.api.proof.ProofChain;
import io.aitbc.openclaw.bench.BenchmarkRow;
import io.aitbc.openclaw.bench.LoadedPlugins;
import io.aitbc.openclaw.bench.Rate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The proof chain of the loaded plugin: what a record costs, from the answer's facts to the disk, when many callers share syncs; how long a chain
 * with many records takes to open; and what checking a bundle takes.
 *
 * @param appendMillis wall time for a record
 * @param restartMillis wall time until the head is known after the plugins were loaded anew
 * @param verifyMillis processor time for a bundle
 */
record ProofLogFigures(int records, double appendMillis, double restartMillis, double verifyMillis) {
    private static final int CALLERS = 64;
    private static final double APPEND_MILLIS = 1;
    private static final double RESTART_MILLIS = 2000;

    static ProofLogFigures measure(Path data, Map<String, Map<String, String>> settings, int records, Rate rate)
            throws IOException {
        double appendMillis;
        try (LoadedPlugins plugins = LoadedPlugins.start(data, settings)) {
            appendMillis = append(plugins.require(ProofChain.class), records);
        }
        try (LoadedPlugins plugins = LoadedPlugins.start(data, settings)) {
            ProofChain chain = plugins.require(ProofChain.class);
            long start = System.nanoTime();
            long size = chain.head().size();
            double restartMillis = (System.nanoTime() - start) / 1e6;
            if (size != records) {
                throw new IOException("of %d records %d are there after a restart".formatted(records, size));
            }
            String bundle = chain.bundle("req-" + records / 2).orElseThrow();
            BundlePolicy policy = new BundlePolicy(
                    Set.of(chain.head().keyId()), Set.of(), Set.of(), Set.of(), true, Optional.empty());
            double verifyMillis =
                    1000 / rate.perSecond(() -> chain.verify(bundle, policy).valid());
            return new ProofLogFigures(records, appendMillis, restartMillis, verifyMillis);
        }
    }

    private static double append(ProofChain chain, int records) {
        AtomicInteger next = new AtomicInteger();
        long start = System.nanoTime();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                callers.execute(() -> {
                    for (int number = next.getAndIncrement(); number < records; number = next.getAndIncrement()) {
                        long _ = chain.append(answer(number)).index();
                    }
                });
            }
        }
        return (System.nanoTime() - start) / 1e6 / records;
    }

    private static AnswerRecord answer(int number) {
        Instant start = Instant.ofEpochSecond(1_795_000_000L + number);
        return new AnswerRecord(
                "req-" + number,
                Optional.of("job-" + number),
                Optional.of("aitbc"),
                "aitbc/wren-tiny:latest",
                Optional.empty(),
                "0".repeat(64),
                "1".repeat(64),
                start,
                start.plusMillis(5),
                "aitbc",
                "aitbc",
                Optional.of("only the network has the model"),
                Optional.empty(),
                AssuranceLevel.NONE,
                List.of("that the sky is blue"));
    }

    List<BenchmarkRow> rows() {
        return List.of(
                BenchmarkRow.atMost(
                        "record appended, %d callers, on disk, at most".formatted(CALLERS),
                        "ms",
                        appendMillis,
                        APPEND_MILLIS),
                BenchmarkRow.atMost(
                        "proof chain with %,d records opened, at most".formatted(records),
                        "ms",
                        restartMillis,
                        RESTART_MILLIS),
                BenchmarkRow.of("bundle checked", "ms", verifyMillis));
    }
}
