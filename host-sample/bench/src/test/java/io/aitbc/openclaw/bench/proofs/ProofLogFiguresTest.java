package io.aitbc.openclaw.bench.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.bench.BenchmarkRow;
import org.junit.jupiter.api.Test;

class ProofLogFiguresTest {
    @Test
    void targets_are_judged() {
        assertThat(new ProofLogFigures(100_000, 0.9, 1999, 1, 1, 1).rows())
                .hasSize(5)
                .allMatch(BenchmarkRow::met);
        assertThat(new ProofLogFigures(100_000, 1.1, 2001, 1, 1, 1).rows())
                .extracting(BenchmarkRow::met)
                .containsExactly(false, false, true, true, true);
    }
}
