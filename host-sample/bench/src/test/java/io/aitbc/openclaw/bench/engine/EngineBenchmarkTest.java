package io.aitbc.openclaw.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.bench.BenchmarkRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineBenchmarkTest {
    @Test
    void targets_are_judged() {
        List<BenchmarkRow> good =
                EngineBenchmark.rows(new EngineFigures(100, 5, 2_000), new EngineFigures(90, 3, 4_000));
        List<BenchmarkRow> bad = EngineBenchmark.rows(new EngineFigures(100, 26, 400), new EngineFigures(90, 3, 500));

        assertThat(good).allMatch(BenchmarkRow::met);
        assertThat(bad)
                .filteredOn(row -> !row.met())
                .extracting(BenchmarkRow::name)
                .containsExactly("greedy tokens, plain Java", "Vector API over plain Java", "first token, plain Java");
    }

    @Test
    void run_measures_and_its_line_is_read_back(@TempDir Path folder) {
        EngineFigures figures = EngineRun.measure(false, Duration.ofMillis(1), folder);

        assertThat(figures.tokensPerSecond()).isPositive();
        assertThat(figures.firstTokenMillis()).isPositive();
        EngineFigures read = EngineFigures.parse(List.of("some noise", figures.line()));
        assertThat(read.line()).isEqualTo(figures.line());
        assertThatThrownBy(() -> EngineFigures.parse(List.of("noise"))).isInstanceOf(IllegalStateException.class);
    }
}
