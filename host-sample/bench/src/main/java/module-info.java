/** What the bench and faults commands play. */
module io.aitbc.openclaw.bench {
    requires static org.jspecify;
    requires io.aitbc.openclaw.api;
    requires io.aitbc.openclaw.devnet;
    requires io.aitbc.openclaw.engine;
    requires io.aitbc.openclaw.engine.ollama;
    requires io.aitbc.openclaw.host;
    requires io.aitbc.openclaw.testing;
    requires java.management;
    requires java.net.http;
    requires java.sql;
    requires org.slf4j;
    requires tools.jackson.databind;

    exports io.aitbc.openclaw.bench;
    exports io.aitbc.openclaw.bench.faults;

    uses io.aitbc.openclaw.bench.Benchmark;

    provides io.aitbc.openclaw.bench.Benchmark with
            io.aitbc.openclaw.bench.StartupBenchmark,
            io.aitbc.openclaw.bench.engine.EngineBenchmark,
            io.aitbc.openclaw.bench.gateway.GatewayBenchmark,
            io.aitbc.openclaw.bench.network.DiscoveryBenchmark,
            io.aitbc.openclaw.bench.network.JobsBenchmark,
            io.aitbc.openclaw.bench.outbox.OutboxBenchmark,
            io.aitbc.openclaw.bench.proofs.ProofsBenchmark,
            io.aitbc.openclaw.bench.receipts.ReceiptsBenchmark;
}
