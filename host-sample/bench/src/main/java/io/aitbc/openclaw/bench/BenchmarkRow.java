package io.aitbc.openclaw.bench;

import java.util.Optional;

/**
 * One figure of a benchmark.
 *
 * @param name what was measured
 * @param unit of value, baseline and target: {@code ms}, {@code tokens/s}, {@code MB}
 * @param baseline the same figure of a peer or of the direct way, measured in the same run
 * @param baselineName who or what the baseline is
 * @param target the figure to reach; the name says whether it is a ceiling or a floor
 * @param met whether the target is reached; true where there is none
 */
public record BenchmarkRow(
        String name,
        String unit,
        double value,
        Optional<Double> baseline,
        Optional<String> baselineName,
        Optional<Double> target,
        boolean met) {
    public BenchmarkRow {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("The figure '" + name + "' is not a number: " + value);
        }
    }

    /** A figure without a target. */
    public static BenchmarkRow of(String name, String unit, double value) {
        return new BenchmarkRow(name, unit, value, Optional.empty(), Optional.empty(), Optional.empty(), true);
    }

    /** A figure that must not be above the target. */
    public static BenchmarkRow atMost(String name, String unit, double value, double target) {
        return new BenchmarkRow(
                name, unit, value, Optional.empty(), Optional.empty(), Optional.of(target), value <= target);
    }

    /** A figure that must not be below the target. */
    public static BenchmarkRow atLeast(String name, String unit, double value, double target) {
        return new BenchmarkRow(
                name, unit, value, Optional.empty(), Optional.empty(), Optional.of(target), value >= target);
    }

    /** A copy beside which a peer's figure is shown. */
    public BenchmarkRow against(String peer, double figure) {
        return new BenchmarkRow(name, unit, value, Optional.of(figure), Optional.of(peer), target, met);
    }
}
