package io.aitbc.openclaw.bench.proofs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.bench.BenchmarkRow;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class VerificationFiguresTest {
    private static final OptionalDouble GROTH16_OF_PEER = OptionalDouble.of(20);
    private static final OptionalDouble PLONK_OF_PEER = OptionalDouble.of(30);

    @Test
    void targets_are_judged() {
        List<BenchmarkRow> good = new VerificationFigures(2, 0.8, 3, 10).rows(GROTH16_OF_PEER, PLONK_OF_PEER);
        List<BenchmarkRow> bad = new VerificationFigures(6, 1.3, 9, 10).rows(GROTH16_OF_PEER, PLONK_OF_PEER);
        assertThat(good).hasSize(6).allMatch(BenchmarkRow::met);
        assertThat(good.get(2).value()).isEqualTo(10);
        assertThat(bad).hasSize(6).filteredOn(row -> !row.met()).hasSize(5);
    }

    @Test
    void without_snarkjs_nothing_is_said_about_it() {
        List<BenchmarkRow> rows =
                new VerificationFigures(2, 0.8, 3, 10).rows(OptionalDouble.empty(), OptionalDouble.empty());
        assertThat(rows).extracting(BenchmarkRow::name).noneMatch(name -> name.contains("snarkjs"));
        assertThat(rows).hasSize(4);
    }

    @Test
    void whether_jmh_measured_stands_in_a_row() throws IOException {
        VerificationFigures byJmh =
                VerificationFigures.of(Map.of("groth16", 1.5, "groth16Batch", 0.5, "plonk", 1.25), 10);
        assertThat(byJmh).isEqualTo(new VerificationFigures(1.5, 0.5, 1.25, 10));
        BenchmarkRow row =
                byJmh.rows(OptionalDouble.empty(), OptionalDouble.empty()).getFirst();
        assertThat(row.name()).contains("JMH");
        assertThat(row.value()).isEqualTo(10);
    }

    @Test
    void a_figure_that_jmh_did_not_write_is_missed() {
        assertThatThrownBy(() -> VerificationFigures.of(Map.of("groth16", 1.5, "plonk", 1.25), 10))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("groth16Batch");
    }
}
