package io.aitbc.openclaw.host.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.host.versions.AuditEntry.Action;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRecordsTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @TempDir
    private Path data;

    private VersionRecords records() {
        return new VersionRecords(data, "ada", InstantSource.fixed(NOW));
    }

    @Test
    void pins_are_there_again_after_a_restart_with_who_when_and_why() {
        Pin _ = records().pin("zk", "~1.2", "1.3 is slow");
        Pin _ = records().pin("another", "1.0.0", "audited");
        Pin _ = records().pin("zk", ">=1.2.0 & <1.4.0", " 1.4 is slow ");

        assertThat(records().pins())
                .containsExactly(
                        new Pin("another", "1.0.0", "audited", "ada", NOW),
                        new Pin("zk", ">=1.2.0 & <1.4.0", "1.4 is slow", "ada", NOW));
        assertThat(records().unpin("another").range()).isEqualTo("1.0.0");
        assertThat(records().pins()).hasSize(1);
        assertThatThrownBy(() -> records().unpin("another")).hasMessage("Plugin 'another' is not pinned");
    }

    @Test
    void every_decision_is_in_the_history_newest_first() {
        Pin _ = records().pin("zk", "~1.2", "slow");
        Pin _ = records().pin("zk", "~1.3", "faster");
        Pin _ = records().unpin("zk");

        assertThat(records().history(10))
                .containsExactly(
                        new AuditEntry(NOW, "ada", Action.UNPINNED, "zk", "~1.3", "", ""),
                        new AuditEntry(NOW, "ada", Action.PINNED, "zk", "~1.2", "~1.3", "faster"),
                        new AuditEntry(NOW, "ada", Action.PINNED, "zk", "", "~1.2", "slow"));
        assertThat(records().history(1)).hasSize(1);
    }

    @Test
    void a_line_that_was_cut_off_is_left_out_and_the_next_one_stands_alone() throws Exception {
        Pin _ = records().pin("zk", "~1.2", "slow");
        Files.writeString(data.resolve("versions/history.jsonl"), "{\"at\":\"2026-", StandardOpenOption.APPEND);
        Pin _ = records().unpin("zk");

        assertThat(records().history(10).stream().map(AuditEntry::action))
                .containsExactly(Action.UNPINNED, Action.PINNED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "newest", ">=1.0.0 &", "((((", "1.2.99999999999999999999", ">>1"})
    void what_is_no_range_is_refused_with_examples(String range) {
        assertThatThrownBy(() -> records().pin("zk", range, "because")).hasMessageContaining("neither a version");
        assertThat(records().pins()).isEmpty();
    }

    @Test
    void a_pin_needs_a_reason() {
        assertThatThrownBy(() -> records().pin("zk", "1.x", " ")).hasMessageContaining("needs a reason");
        assertThatThrownBy(() -> records().pin("zk", "1.x", "a".repeat(501))).hasMessageContaining("500");
    }

    @Test
    void pins_that_cannot_be_read_are_an_error_and_not_no_pins() throws Exception {
        Pin _ = records().pin("zk", "~1.2", "slow");
        Files.writeString(data.resolve("versions/pins.json"), "{\"zk\":{\"range\":\"~1");

        assertThatThrownBy(() -> records().pins()).hasMessageContaining("pins.json cannot be read");
    }

    @Test
    void two_commands_do_not_change_plugins_at_the_same_time() {
        try (VersionRecords.Held _ = records().lock()) {
            assertThatThrownBy(() -> records().pin("zk", "~1.2", "slow")).hasMessageContaining("Another command");
        }
        assertThat(records().pin("zk", "~1.2", "slow").pluginId()).isEqualTo("zk");
    }

    @Test
    void what_it_keeps_is_for_its_owner_only() throws Exception {
        Pin _ = records().pin("zk", "~1.2", "slow");

        assertThat(Files.getPosixFilePermissions(data.resolve("versions")))
                .noneMatch(right ->
                        right.name().startsWith("OTHERS") || right.name().startsWith("GROUP"));
    }
}
