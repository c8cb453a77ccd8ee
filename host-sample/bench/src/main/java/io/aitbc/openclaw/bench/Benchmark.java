package io.aitbc.openclaw.bench;

import java.util.List;

/** Something {@code ./run bench NAME} measures. Found with {@link java.util.ServiceLoader}. */
public interface Benchmark {
    /** The name on the command line, in lower case. */
    String name();

    /** One line for {@code --help}. */
    String summary();

    /**
     * Measures once. Progress goes to the log, never to standard output.
     *
     * @throws Exception when it could not be measured; a missed target is no failure, it stands in its row
     */
    List<BenchmarkRow> run(BenchmarkOptions options) throws Exception;
}
