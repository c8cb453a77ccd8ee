package io.aitbc.openclaw.zk.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on disk when somebody is told that it is. */
class LogDiskTest {
    private final LogKey key = LogKey.random(new SecureRandom());
    private final RecordingDisk disk = new RecordingDisk();

    @TempDir
    private Path folder;

    private DurableLog open() throws IOException {
        return DurableLog.open(folder, key, Duration.ZERO, disk);
    }

    @Test
    void an_entry_is_synced_before_its_caller_is_told() throws IOException {
        long written = 0;
        try (DurableLog log = open()) {
            for (int i = 0; i < 20; i++) {
                written += Frame.write(List.of("job-" + i), new byte[40], new byte[100 + i]).length;
                assertThat(log.append(List.of("job-" + i), new byte[40], new byte[100 + i]))
                        .isEqualTo(i);
                assertThat(disk.synced(folder.resolve("log"))).isGreaterThanOrEqualTo(written);
            }
        }
    }

    @Test
    void entries_that_share_a_sync_are_synced_before_any_caller_is_told() throws Exception {
        int length = Frame.write(List.of("k"), new byte[40], new byte[100]).length;
        try (DurableLog log = open();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> lacking = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                lacking.add(callers.submit(() -> {
                    int index = log.append(List.of("k"), new byte[40], new byte[100]);
                    return (index + 1L) * length - disk.synced(folder.resolve("log"));
                }));
            }
            for (Future<Long> each : lacking) {
                assertThat(each.get()).isNotPositive();
            }
        }
    }

    @Test
    void a_new_log_and_a_checkpoint_are_in_a_folder_that_is_synced() throws IOException {
        try (DurableLog log = open()) {
            assertThat(disk.events).containsExactly("force folder");
            assertThat(log.append(List.of(), new byte[1], new byte[0])).isZero();
            disk.events.clear();
            assertThat(log.checkpoint().size()).isEqualTo(1);
            assertThat(disk.events)
                    .containsExactly("write checkpoint.new", "force checkpoint.new", "move checkpoint", "force folder");
        }
    }

    @Test
    void what_is_cut_off_is_kept_on_disk_before_it_is_cut_off() throws IOException {
        try (DurableLog log = open()) {
            assertThat(log.append(List.of(), new byte[1], new byte[0])).isZero();
        }
        long size = Files.size(folder.resolve("log"));
        Files.write(folder.resolve("log"), new byte[7], StandardOpenOption.APPEND);
        disk.events.clear();
        open().close();
        String kept = "torn-" + size;
        assertThat(disk.events)
                .startsWith("write " + kept, "force " + kept, "force folder", "truncate log", "force log");
    }

    @Test
    void entries_that_a_killed_process_wrote_are_synced_before_anybody_is_told_of_them() throws IOException {
        byte[] frame = Frame.write(List.of("k"), new byte[40], new byte[100]);
        Files.write(folder.resolve("log"), frame);
        try (DurableLog log = open()) {
            assertThat(log.size()).isEqualTo(1);
            assertThat(disk.synced(folder.resolve("log"))).isEqualTo(frame.length);
        }
    }

    @Test
    void an_entry_whose_sync_failed_is_in_no_log_and_the_next_one_takes_its_place() throws IOException {
        try (DurableLog log = open()) {
            assertThat(log.append(List.of("first"), new byte[1], new byte[0])).isZero();
            disk.failing = true;
            refuses(log, "second");
            refuses(log, "third");
            disk.failing = false;
            assertThat(log.append(List.of("fourth"), new byte[1], new byte[0])).isEqualTo(1);
            assertThat(log.find("second")).isEmpty();
        }
        try (DurableLog again = open()) {
            assertThat(again.size()).isEqualTo(2);
            assertThat(again.find("fourth")).hasValue(1);
        }
    }

    @Test
    void when_the_disk_was_full_the_log_goes_on_once_there_is_room() throws IOException {
        try (DurableLog log = open()) {
            assertThat(log.append(List.of("first"), new byte[40], new byte[100]))
                    .isZero();
            disk.full = true;
            refuses(log, "second");
            refuses(log, "second");
            assertThat(log.read(0).document()).hasSize(100);
            disk.full = false;
            assertThat(log.append(List.of("second"), new byte[40], new byte[100]))
                    .isEqualTo(1);
            assertThat(log.checkpoint().size()).isEqualTo(2);
        }
        try (DurableLog again = open()) {
            assertThat(again.size()).isEqualTo(2);
        }
        assertThat(folder).isDirectoryNotContaining("glob:**torn-*");
    }

    @Test
    void half_an_entry_is_taken_away_when_the_log_is_closed() throws IOException {
        DurableLog log = open();
        assertThat(log.append(List.of("first"), new byte[40], new byte[100])).isZero();
        long size = Files.size(folder.resolve("log"));
        disk.full = true;
        refuses(log, "second");
        log.close();
        assertThat(folder.resolve("log")).hasSize(size);
    }

    private static void refuses(DurableLog log, String name) {
        assertThatThrownBy(() -> log.append(List.of(name), new byte[40], new byte[100]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("could not be brought to disk");
    }
}
