package io.aitbc.openclaw.bench.proofs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JmhRunTest {
    /** As JMH 1.37 writes it, without what is not read. */
    private static final String RESULT = """
            [
                {
                    "jmhVersion" : "1.37",
                    "benchmark" : "io.aitbc.openclaw.jmh.VerdictJmh.plonk",
                    "mode" : "avgt",
                    "primaryMetric" : {
                        "score" : 1.75,
                        "scoreError" : "NaN",
                        "scorePercentiles" : {"0.0" : 1.5, "50.0" : 1.625, "100.0" : 2.125},
                        "scoreUnit" : "ms/op",
                        "rawData" : [[1.5, 1.625, 2.125]]
                    },
                    "secondaryMetrics" : {}
                },
                {
                    "benchmark" : "io.aitbc.openclaw.jmh.VerdictJmh.groth16",
                    "primaryMetric" : {"score" : 2, "scorePercentiles" : {"50.0" : 2.5}, "scoreUnit" : "ms/op"}
                }
            ]
            """;

    @TempDir
    private Path tree;

    @Test
    void median_of_the_iterations_counts() throws IOException {
        assertThat(JmhRun.parse(RESULT)).isEqualTo(Map.of("plonk", 1.625, "groth16", 2.5));
        assertThat(JmhRun.parse("[]")).isEmpty();
    }

    @Test
    void what_jmh_does_not_write_is_no_figure() {
        for (String wrong : List.of("", "{", "[{}]", "[{\"benchmark\":\"a\"}]", RESULT.replace("50.0", "49.0"))) {
            assertThatThrownBy(() -> JmhRun.parse(wrong)).as(wrong).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> JmhRun.parse(RESULT.replace("ms/op", "us/op")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("us/op");
    }

    @Test
    void jmh_is_beside_an_installation_where_the_build_put_it() throws IOException {
        Path home = Files.createDirectories(tree.resolve("plugins-dist/target/openclaw-aitbc-1.0"));
        assertThat(JmhRun.beside(home)).isEmpty();
        Path jar =
                Files.createDirectories(tree.resolve("host-sample/jmh/target")).resolve("benchmarks.jar");
        Files.createFile(jar);
        assertThat(JmhRun.beside(home)).isPresent();
    }

    @Test
    void jmh_is_not_looked_for_beside_an_unpacked_distribution() throws IOException {
        Path home = Files.createDirectories(tree.resolve("some/folder/openclaw-aitbc-1.0"));
        Path jar =
                Files.createDirectories(tree.resolve("host-sample/jmh/target")).resolve("benchmarks.jar");
        Files.createFile(jar);
        assertThat(JmhRun.beside(home)).isEmpty();
        assertThat(JmhRun.beside(Path.of("/"))).isEmpty();
    }

    @Test
    void memory_is_managed_as_in_this_process() {
        assertThat(JmhRun.memory(List.of(
                        "-XX:+UseSerialGC", "-XX:AOTCache=x", "-Xmn100m", "-Xms160m", "-Xlog:aot*=off", "-Dx=y")))
                .containsExactly("-XX:+UseSerialGC", "-Xmn100m", "-Xms160m");
    }
}
