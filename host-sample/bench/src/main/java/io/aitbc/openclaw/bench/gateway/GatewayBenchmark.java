package io.aitbc.openclaw.bench.gateway;

import io.aitbc.openclaw.bench.Benchmark;
import io.aitbc.openclaw.bench.BenchmarkOptions;
import io.aitbc.openclaw.bench.BenchmarkRow;
import io.aitbc.openclaw.testing.FastUpstream;
import io.aitbc.openclaw.testing.LoadClient;
import io.aitbc.openclaw.testing.LoadPlan;
import io.aitbc.openclaw.testing.LoadResult;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Latency and throughput of {@code /api/chat} through the host against the same client at the same fast mock directly, in the
 * same run: unary answers and streams of 32 tokens, with 1, 16 and 64 connections; 1,000 slow streams; and Ollama4j as the peer
 * of our own client.
 */
public final class GatewayBenchmark implements Benchmark {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayBenchmark.class);

    private static final int TOKENS = 32;
    private static final int SLOW_STREAMS = 1000;
    private static final int SLOW_TOKENS = 100;
    private static final int[] CONNECTIONS = {1, 16, 64};

    private static final double UNARY_ADDED_MILLIS = 0.3;
    private static final double STREAM_ADDED_MILLIS = 0.7;
    private static final double UNARY_PER_SECOND = 8_000;
    /** The throughput target holds where the mock alone does four times as much; on slower machines it is that fourth. */
    private static final double SHARE_OF_MOCK = 0.25;

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public String summary() {
        return "latency and throughput through the host against the direct way";
    }

    @Override
    public List<BenchmarkRow> run(BenchmarkOptions options) throws IOException, InterruptedException {
        Duration time = Duration.ofMillis(options.shortRun() ? 500 : 4000);
        int warmUpRounds = options.shortRun() ? 12 : 60;
        List<BenchmarkRow> rows = new ArrayList<>();
        try (FastUpstream upstream = FastUpstream.start();
                HostProcess host = HostProcess.start(upstream.url(), options.workDirectory())) {
            for (boolean stream : new boolean[] {false, true}) {
                warmUp(upstream.url(), stream, options.shortRun() ? 1 : 3);
                // The second kind of request finds most of the code compiled by the first.
                warmUp(host.url(), stream, stream ? warmUpRounds / 2 : warmUpRounds);
                for (int connections : CONNECTIONS) {
                    measure(rows, upstream.url(), host.url(), stream, connections, time);
                }
            }
            slowStreams(rows, upstream.url(), host.url());
            rows.addAll(PeerComparison.run(upstream.url(), options.shortRun() ? 100 : 2000));
        }
        return rows;
    }

    /** Until the throughput stops to grow: the just-in-time compiler needs some ten thousand requests. */
    private static void warmUp(URI server, boolean stream, int mostRounds) throws IOException {
        double best = 0;
        int without = 0;
        for (int round = 0; round < mostRounds && without < 3; round++) {
            LoadResult result = LoadClient.run(plan(server, stream, 16, Duration.ZERO, Duration.ofSeconds(1)));
            if (result.firstError().isPresent()) {
                throw new IOException(server + " does not answer as it should: "
                        + result.firstError().get());
            }
            boolean faster = result.answersPerSecond() > 1.05 * best;
            without = faster || best == 0 ? 0 : without + 1;
            best = Math.max(best, result.answersPerSecond());
        }
        if (best == 0) {
            throw new IOException(server + " did not answer within " + mostRounds + " s");
        }
    }

    private static void measure(
            List<BenchmarkRow> rows, URI upstream, URI host, boolean stream, int connections, Duration time) {
        Duration settle = Duration.ofMillis(200);
        LoadResult direct = LoadClient.run(plan(upstream, stream, connections, settle, time));
        LoadResult through = LoadClient.run(plan(host, stream, connections, settle, time));
        LOG.atInfo()
                .addKeyValue("stream", stream)
                .addKeyValue("connections", connections)
                .addKeyValue("direct", direct.answersPerSecond())
                .addKeyValue("through", through.answersPerSecond())
                .addKeyValue("errors", through.errors())
                .log("measured");
        String what = "%s, c=%d".formatted(stream ? TOKENS + "-chunk stream" : "unary", connections);
        for (int percent : new int[] {50, 99}) {
            rows.add(BenchmarkRow.of(what + ", p" + percent, "ms", through.percentileMillis(percent))
                    .against("direct", direct.percentileMillis(percent)));
        }
        if (connections == 1) {
            double added = through.percentileMillis(50) - direct.percentileMillis(50);
            rows.add(BenchmarkRow.atMost(
                    what + ", added p50, at most", "ms", added, stream ? STREAM_ADDED_MILLIS : UNARY_ADDED_MILLIS));
        }
        rows.add(throughput(what, stream, connections, direct, through));
        rows.add(errors(what, direct, through));
    }

    private static BenchmarkRow throughput(
            String what, boolean stream, int connections, LoadResult direct, LoadResult through) {
        double figure = through.answersPerSecond();
        if (stream || connections != 16) {
            return BenchmarkRow.of(what + ", throughput", "answers/s", figure)
                    .against("direct", direct.answersPerSecond());
        }
        double target = Math.min(UNARY_PER_SECOND, direct.answersPerSecond() * SHARE_OF_MOCK);
        return BenchmarkRow.atLeast(what + ", throughput, at least", "answers/s", figure, target)
                .against("direct", direct.answersPerSecond());
    }

    private static BenchmarkRow errors(String what, LoadResult direct, LoadResult through) {
        return BenchmarkRow.atMost(what + ", errors", "answers", (double) through.errors(), 0)
                .against("direct", (double) direct.errors());
    }

    private static void slowStreams(List<BenchmarkRow> rows, URI upstream, URI host) {
        LoadResult direct = LoadClient.run(slowPlan(upstream));
        LoadResult through = LoadClient.run(slowPlan(host));
        through.firstError().ifPresent(error -> LOG.atWarn().log("a slow stream failed: {}", error));
        String what = "%,d slow streams".formatted(SLOW_STREAMS);
        rows.add(errors(what, direct, through));
        if (through.answers() > 0) {
            rows.add(BenchmarkRow.of(what + ", p99", "ms", through.percentileMillis(99))
                    .against("direct", direct.percentileMillis(99)));
        }
    }

    private static LoadPlan plan(URI server, boolean stream, int connections, Duration warmUp, Duration time) {
        String body = body(FastUpstream.MODEL, stream, TOKENS);
        return LoadPlan.of(server.resolve("/api/chat"), body, connections, warmUp, time)
                .withLines(stream ? TOKENS + 1 : 1);
    }

    private static LoadPlan slowPlan(URI server) {
        String body = body(FastUpstream.SLOW_MODEL, true, SLOW_TOKENS);
        return LoadPlan.once(server.resolve("/api/chat"), body, SLOW_STREAMS, Duration.ofSeconds(30))
                .withLines(SLOW_TOKENS + 1);
    }

    private static String body(String model, boolean stream, int tokens) {
        return """
                {"model":"%s","messages":[{"role":"user","content":"Tell me about a bird."}],"stream":%s,\
                "options":{"num_predict":%d}}""".formatted(model, stream, tokens);
    }
}
