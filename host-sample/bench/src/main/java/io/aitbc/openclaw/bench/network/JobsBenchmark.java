package io.aitbc.openclaw.bench.network;

import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.bench.Benchmark;
import io.aitbc.openclaw.bench.BenchmarkOptions;
import io.aitbc.openclaw.bench.BenchmarkRow;
import io.aitbc.openclaw.bench.LoadedPlugins;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Paid jobs through the loaded provider and a devnet in the same process, with the ledger on disk: submitted, waited for,
 * receipt checked, settled. Afterwards the devnet's books, the ledger's file and the answers are compared job by job.
 */
public final class JobsBenchmark implements Benchmark {
    private static final Logger LOG = LoggerFactory.getLogger(JobsBenchmark.class);
    private static final double JOBS_PER_SECOND = 200;
    private static final int CONCURRENT = 48;
    /** Less than the finished jobs a devnet remembers. */
    private static final int MOST_JOBS = 15_000;

    /** For the service loader. */
    public JobsBenchmark() {}

    @Override
    public String name() {
        return "money";
    }

    @Override
    public String summary() {
        return "paid jobs in a second through the provider and a devnet, none lost, none doubled";
    }

    @Override
    public List<BenchmarkRow> run(BenchmarkOptions options) throws Exception {
        Duration warmUp = Duration.ofSeconds(options.shortRun() ? 8 : 15);
        Duration time = Duration.ofSeconds(options.shortRun() ? 15 : 60);
        Path data = options.workDirectory();
        double appends = JournalFile.appendsPerSecond(data, Duration.ofSeconds(1));
        try (BenchNetwork network = new BenchNetwork()) {
            JobLoad load;
            JournalFile journal;
            double writes;
            double processor;
            try (LoadedPlugins plugins = network.plugins(
                    data, Map.of("daily-budget", "1000000", "poll-interval", "50ms", "queue-timeout", "60s"))) {
                load = new JobLoad(plugins.require(InferenceProvider.class), CONCURRENT, MOST_JOBS);
                load.run(warmUp);
                load.startMeasuring();
                journal = JournalFile.find(data);
                long before = journal.lines();
                Duration used = processorTime();
                load.run(time);
                processor = processorTime().minus(used).toNanos() / 1e6 / load.measured();
                writes = (journal.lines() - before) / load.seconds();
            }
            Books books = Books.compare(load.answered(), journal.settled(), network);
            LOG.atInfo()
                    .addKeyValue("asked", load.asked())
                    .addKeyValue("answered", load.answered().size())
                    .addKeyValue("firstFailure", load.firstFailure().orElse("none"))
                    .log("Jobs done");
            return List.of(
                    BenchmarkRow.atLeast("paid jobs, at least", "jobs/s", load.perSecond(), JOBS_PER_SECOND),
                    BenchmarkRow.of("from asking to the whole answer, p50", "ms", load.percentile(50)),
                    BenchmarkRow.of("from asking to the whole answer, p99", "ms", load.percentile(99)),
                    BenchmarkRow.of("jobs asked for, with the warm-up", "jobs", load.asked()),
                    BenchmarkRow.atMost(
                            "lost jobs",
                            "jobs",
                            (double) load.asked() - load.answered().size(),
                            0),
                    BenchmarkRow.atMost("doubled jobs", "jobs", books.doubled(), 0),
                    BenchmarkRow.atMost("jobs on which ledger and network differ", "jobs", books.different(), 0),
                    BenchmarkRow.of("processor time for one job, client and network", "ms", processor),
                    BenchmarkRow.of("lines of the ledger, each on disk before it counts", "lines/s", writes)
                            .against("one writer alone", appends));
        }
    }

    /** Of this process so far. Other than the jobs in a second it does not depend on what else runs on the machine. */
    private static Duration processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
