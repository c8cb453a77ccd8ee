package io.aitbc.openclaw.bench;

import java.time.Instant;
import java.util.List;

/**
 * What one run of a benchmark showed.
 *
 * @param bench its name
 * @param machine processors, memory and Java it ran on
 * @param date when it ended
 */
public record BenchmarkReport(String bench, String machine, Instant date, List<BenchmarkRow> rows) {
    public BenchmarkReport {
        rows = List.copyOf(rows);
    }

    /** Whether every target is reached. */
    public boolean met() {
        return rows.stream().allMatch(BenchmarkRow::met);
    }
}
