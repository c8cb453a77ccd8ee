package io.aitbc.openclaw.bench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.bench.Benchmarks;
import io.aitbc.openclaw.testing.FastUpstream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PeerComparisonTest {
    @Test
    void both_clients_read_whole_answers_and_have_figures() throws IOException {
        try (FastUpstream upstream = FastUpstream.start()) {
            assertThat(PeerComparison.run(upstream.url(), 12)).hasSize(2).allSatisfy(row -> {
                assertThat(row.value()).isPositive();
                assertThat(row.baseline().orElseThrow()).isPositive();
                assertThat(row.baselineName()).contains("Ollama4j");
            });
        }
    }

    @Test
    void the_benchmark_is_found_by_its_name() {
        assertThat(Benchmarks.byName("gateway")).get().isInstanceOf(GatewayBenchmark.class);
    }
}
