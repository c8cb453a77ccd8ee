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
    void nobody_is_told_of_an_entry_whose_sync_failed_nor_of_any_after_it() throws IOException {
        try (DurableLog log = open()) {
            assertThat(log.append(List.of("first"), new byte[1], new byte[0])).isZero();
            disk.failing = true;
            assertThatThrownBy(() -> log.append(List.of("second"), new byte[1], new byte[0]))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("may not be on disk");
            disk.failing = false;
            assertThatThrownBy(() -> log.append(List.of("third"), new byte[1], new byte[0]))
                    .isInstanceOf(IOException.class);
            assertThat(log.size()).isEqualTo(1);
            assertThat(log.find("second")).isEmpty();
        }
    }
}
