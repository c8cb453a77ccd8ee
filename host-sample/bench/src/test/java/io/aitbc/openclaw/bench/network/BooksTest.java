package io.aitbc.openclaw.bench.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BooksTest {
    @TempDir
    Path folder;

    @Test
    void a_job_that_the_network_does_not_know_is_a_difference() throws Exception {
        try (BenchNetwork network = new BenchNetwork()) {
            assertThat(Books.compare(Map.of(), Map.of(), network)).isEqualTo(new Books(0, 0));
            assertThat(Books.compare(Map.of("job", 36L), Map.of("job", 36L), network))
                    .isEqualTo(new Books(0, 1));
        }
    }

    @Test
    void the_last_line_of_a_reference_counts_and_money_in_between_is_no_payment() throws Exception {
        Path data = Files.createDirectories(folder.resolve("plugins").resolve("aitbc-provider"));
        Files.write(
                data.resolve("spending.jsonl"),
                List.of(
                        "{\"ref\":\"a\",\"state\":\"RESERVED\",\"units\":\"36\"}",
                        "{\"ref\":\"b\",\"state\":\"RESERVED\",\"units\":\"36\",\"job\":\"2\"}",
                        "{\"ref\":\"a\",\"state\":\"SETTLED\",\"units\":\"35\",\"job\":\"1\"}"));

        JournalFile journal = JournalFile.find(folder);

        assertThat(journal.lines()).isEqualTo(3);
        assertThat(journal.settled()).isEqualTo(Map.of("1", 35L, "2", -1L));
    }

    @Test
    void percentiles_are_by_nearest_rank() {
        Samples samples = new Samples();
        assertThatThrownBy(() -> samples.percentile(50)).hasMessage("nothing was measured");
        for (long millis = 1; millis <= 200; millis++) {
            samples.add(millis * 1_000_000);
        }
        assertThat(List.of(samples.percentile(50), samples.percentile(99), samples.percentile(100)))
                .containsExactly(100.0, 198.0, 200.0);
    }
}
