package io.aitbc.openclaw.bench.proofs;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.proof.AnswerRecord;
import io.aitbc.openclaw.api.proof.BundlePolicy;
import io.aitbc.openclaw.api.proof.ProofChain;
import io.aitbc.openclaw.bench.BenchmarkRow;
import io.aitbc.openclaw.bench.LoadedPlugins;
import io.aitbc.openclaw.bench.Rate;
import io.aitbc.openclaw.host.proofs.ProofRegistry;
import io.aitbc.openclaw.host.proofs.RecordQuery;
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
 * with many records takes to open; what checking a bundle takes; and how long the registry of a host takes to read such a chain, and to find
 * something in it.
 *
 * @param appendMillis wall time for a record
 * @param restartMillis wall time until the head is known after the plugins were loaded anew
 * @param verifyMillis processor time for a bundle
 * @param registryMillis wall time until a registry that was lost knows all records
 * @param findMillis wall time to find the last 100
 */
record ProofLogFigures(
        int records,
        double appendMillis,
        double restartMillis,
        double verifyMillis,
        double registryMillis,
        double findMillis) {
    private static final int CALLERS = 64;
    private static final int LISTED = 100;
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
            double restartMillis = millis(() -> requireAll(chain, records));
            String bundle = chain.bundle("req-" + records / 2).orElseThrow();
            BundlePolicy policy = new BundlePolicy(
                    Set.of(chain.head().keyId()), Set.of(), Set.of(), Set.of(), true, Optional.empty());
            double verifyMillis =
                    1000 / rate.perSecond(() -> chain.verify(bundle, policy).valid());
            try (ProofRegistry registry = new ProofRegistry(data)) {
                double registryMillis = millis(() -> registry.follow(chain));
                double findMillis = millis(() -> find(registry, chain));
                return new ProofLogFigures(
                        records, appendMillis, restartMillis, verifyMillis, registryMillis, findMillis);
            }
        }
    }

    private static double millis(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }

    private static void requireAll(ProofChain chain, int records) {
        long size = chain.head().size();
        if (size != records) {
            throw new IllegalStateException("of %d records %d are there after a restart".formatted(records, size));
        }
    }

    private static void find(ProofRegistry registry, ProofChain chain) {
        RecordQuery query = new RecordQuery(Optional.empty(), Optional.empty(), Optional.empty(), LISTED);
        int found = registry.find(chain, query).size();
        if (found != LISTED) {
            throw new IllegalStateException("%d of %d records were found".formatted(found, LISTED));
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
                BenchmarkRow.of("bundle checked", "ms", verifyMillis),
                BenchmarkRow.of("registry of %,d records read anew".formatted(records), "ms", registryMillis),
                BenchmarkRow.of("last %d records found".formatted(LISTED), "ms", findMillis));
    }
}
