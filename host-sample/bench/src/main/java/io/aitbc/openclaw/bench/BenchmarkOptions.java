package io.aitbc.openclaw.bench;

import java.nio.file.Path;

/**
 * What a benchmark run may use.
 *
 * @param shortRun whether it has to fit in 40 seconds on two cores
 * @param workDirectory an empty folder of its own
 */
public record BenchmarkOptions(boolean shortRun, Path workDirectory) {}
