package io.aitbc.openclaw.bench.outbox;

import io.aitbc.openclaw.bench.Benchmark;
import io.aitbc.openclaw.bench.BenchmarkOptions;
import io.aitbc.openclaw.bench.BenchmarkRow;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether every operation arrives exactly once in a storm, and how fast the outbox is without one. */
public final class OutboxBenchmark implements Benchmark {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxBenchmark.class);

    /** For the service loader. */
    public OutboxBenchmark() {}

    @Override
    public String name() {
        return "outbox";
    }

    @Override
    public String summary() {
        return "exactly-once delivery under kill -9 and a failing network, and the pace without them";
    }

    @Override
    public List<BenchmarkRow> run(BenchmarkOptions options) throws Exception {
        OutboxStorm storm = options.shortRun()
                ? new OutboxStorm(50, 40, 5, Duration.ofSeconds(25))
                : new OutboxStorm(100, 100, 20, Duration.ofMinutes(5));
        StormResult result = storm.play(options.workDirectory(), new Random(System.nanoTime()));
        result.lost().stream().limit(10).forEach(key -> LOG.atWarn().log("never arrived: {}", key));
        OutboxPace pace = OutboxPace.measure(options.workDirectory(), options.shortRun() ? 3_000 : 10_000);
        return List.of(
                BenchmarkRow.of("operations", "operations", result.operations()),
                BenchmarkRow.of("kill -9 of the sender", "times", result.kills()),
                BenchmarkRow.of("requests cut, hung or answered in vain", "requests", (double) result.faults()),
                BenchmarkRow.atLeast("arrived exactly once, at least", "%", result.percent(), 100),
                BenchmarkRow.atMost(
                        "acknowledged and lost", "operations", result.lost().size(), 0),
                BenchmarkRow.atMost("arrived more than once", "operations", (double) result.doubled(), 0),
                BenchmarkRow.atMost("out of order in their lane", "operations", result.disordered(), 0),
                BenchmarkRow.of("added, 16 callers", "adds/s", pace.addsPerSecond())
                        .against("SQLite, a sync each", pace.insertsPerSecond()),
                BenchmarkRow.of("delivered after an outage, 16 lanes", "deliveries/s", pace.deliveriesPerSecond())
                        .against("the receiver, no outbox", pace.requestsPerSecond()));
    }
}
