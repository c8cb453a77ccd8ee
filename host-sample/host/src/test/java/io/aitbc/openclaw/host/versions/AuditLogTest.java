package io.aitbc.openclaw.host.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.host.versions.AuditEntry.Action;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history that a line is added to with each swap does not grow for ever, and keeps who decided what. */
class AuditLogTest {
    private static final int LONGEST = 8000;
    private static final int KEPT = 2000;

    @TempDir
    private Path folder;

    private Path file;
    private AuditLog log;

    @BeforeEach
    void open() {
        file = folder.resolve("history.jsonl");
        log = new AuditLog(file, LONGEST, KEPT);
    }

    private static AuditEntry entry(Action action, int number) {
        return new AuditEntry(
                Instant.EPOCH.plusSeconds(number), "ada", action, "zk", "1.0.0", "1.0." + number, "größer");
    }

    private List<String> versions(Action action) {
        return log.last(Integer.MAX_VALUE).stream()
                .filter(entry -> entry.action() == action)
                .map(AuditEntry::to)
                .toList();
    }

    @Test
    void swaps_take_no_decision_with_them_and_the_newest_of_both_stay() throws IOException {
        log.add(List.of(entry(Action.PINNED, 0), entry(Action.BEGUN, 1)));
        for (int i = 2; i < 300; i++) {
            log.add(List.of(entry(Action.REPLACED, i)));
            assertThat(Files.size(file)).isLessThanOrEqualTo(LONGEST);
            assertThat(versions(Action.REPLACED).getFirst()).isEqualTo("1.0." + i);
        }
        assertThat(versions(Action.PINNED)).containsExactly("1.0.0");
        assertThat(versions(Action.BEGUN)).containsExactly("1.0.1");
        assertThat(versions(Action.REPLACED))
                .as("without a gap")
                .hasSizeBetween(10, 80)
                .isEqualTo(IntStream.range(0, versions(Action.REPLACED).size())
                        .mapToObj(back -> "1.0." + (299 - back))
                        .toList());
        for (int i = 300; i < 600; i++) {
            log.add(List.of(entry(Action.CONSENTED, i)));
            assertThat(Files.size(file)).isLessThanOrEqualTo(LONGEST);
        }
        assertThat(versions(Action.PINNED)).isEmpty();
        assertThat(versions(Action.CONSENTED)).hasSizeGreaterThan(10).startsWith("1.0.599", "1.0.598");
        assertThat(versions(Action.REPLACED)).startsWith("1.0.299");
    }

    @Test
    void the_order_of_both_kinds_among_each_other_stays() {
        for (int i = 0; i < 200; i++) {
            log.add(List.of(entry(i % 2 == 0 ? Action.LOADED : Action.PINNED, i)));
        }
        List<Instant> times =
                log.last(Integer.MAX_VALUE).stream().map(AuditEntry::at).toList();
        assertThat(times).isSortedAccordingTo(Collections.reverseOrder());
        assertThat(times.getFirst()).isEqualTo(Instant.EPOCH.plusSeconds(199));
    }

    /** A process that was killed while it cut leaves a draft and the whole history. */
    @Test
    void a_draft_that_was_left_counts_for_nothing_and_torn_bytes_go_with_the_next_cut() throws IOException {
        log.add(List.of(entry(Action.PINNED, 0)));
        Files.writeString(folder.resolve(".history.jsonl.1-1.new"), "{\"at\":\"half a dra");
        Files.write(file, new byte[] {'{', '"', (byte) 0xC3}, StandardOpenOption.APPEND);
        for (int i = 1; i < 100; i++) {
            log.add(List.of(entry(Action.UNLOADED, i)));
        }
        assertThat(versions(Action.PINNED)).containsExactly("1.0.0");
        assertThat(versions(Action.UNLOADED)).startsWith("1.0.99");
        assertThat(Files.readString(file, StandardCharsets.UTF_8).lines())
                .allMatch(line -> line.startsWith("{\"at\":\"1970") && line.endsWith("}"));
    }

    @Test
    void a_history_that_cannot_be_cut_is_added_to_all_the_same() {
        // With this name the file and its lock have room in a folder, a draft has none.
        AuditLog uncut = new AuditLog(folder.resolve("h".repeat(240)), 0, 0);
        uncut.add(List.of(entry(Action.PINNED, 1)));
        uncut.add(List.of(entry(Action.PINNED, 2)));
        assertThat(uncut.last(9)).extracting(AuditEntry::to).containsExactly("1.0.2", "1.0.1");
    }

    /** As a host and commands do, each with an object of its own. */
    @Test
    void nothing_is_lost_of_those_who_add_while_another_cuts() throws Exception {
        int each = 60;
        List<Thread> threads = new ArrayList<>();
        for (Action action : List.of(Action.PINNED, Action.LOADED, Action.UNPINNED)) {
            AuditLog own = new AuditLog(file, 20_000, 19_000);
            threads.add(Thread.ofPlatform()
                    .start(() -> IntStream.range(0, each).forEach(i -> own.add(List.of(entry(action, i))))));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        List<String> all =
                IntStream.range(0, each).mapToObj(i -> "1.0." + i).toList().reversed();
        for (Action action : List.of(Action.PINNED, Action.LOADED, Action.UNPINNED)) {
            assertThat(versions(action)).as("%s", action).isEqualTo(all);
        }
        assertThat(Files.size(file)).as("cut again and again").isGreaterThan(20_000);
    }
}
