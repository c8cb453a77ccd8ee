package io.aitbc.openclaw.zk.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableLogTest {
    private final LogKey key = LogKey.random(new SecureRandom());
    private final MerkleProofs proofs = new MerkleProofs();

    @TempDir
    private Path folder;

    @Test
    void entries_are_there_again_after_a_restart_and_the_log_goes_on() throws IOException {
        Checkpoint before;
        try (DurableLog log = open()) {
            append(log, 0, 100);
            before = log.checkpoint();
        }
        try (DurableLog log = open()) {
            assertThat(log.size()).isEqualTo(100);
            assertThat(log.checkpoint()).isEqualTo(before);
            append(log, 100, 37);
            Checkpoint after = log.checkpoint();
            assertThat(proofs.consistent(100, before.root(), 137, after.root(), log.consistency(100, 137)))
                    .isTrue();
            for (int i = 0; i < 137; i++) {
                DurableLog.Entry entry = log.read(log.find("job-" + i).orElseThrow());
                assertThat(entry.index()).isEqualTo(i);
                assertThat(entry.leaf()).isEqualTo(leaf(i));
                assertThat(entry.document()).isEqualTo(document(i));
                assertThat(proofs.included(leaf(i), i, 137, log.inclusion(i, 137), after.root()))
                        .isTrue();
            }
            assertThat(log.find("job-137")).isEmpty();
        }
    }

    @Test
    void many_callers_get_a_place_each() throws Exception {
        try (DurableLog log = open();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> places = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                int number = i;
                places.add(callers.submit(() -> log.append(List.of("job-" + number), leaf(number), new byte[0])));
            }
            List<Integer> indexes = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                int place = places.get(i).get();
                assertThat(log.read(place).leaf()).isEqualTo(leaf(i));
                indexes.add(place);
            }
            assertThat(indexes)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 500).boxed().toList());
        }
    }

    @Test
    void an_interrupted_reader_does_not_close_the_log() throws IOException {
        try (DurableLog log = open()) {
            append(log, 0, 1);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> log.read(0)).isInstanceOf(IOException.class);
            assertThat(Thread.interrupted()).isTrue();
            append(log, 1, 1);
            assertThat(log.read(0).leaf()).isEqualTo(leaf(0));
        }
    }

    @Test
    void an_entry_cut_short_anywhere_is_cut_off_and_kept_aside() throws IOException {
        try (DurableLog log = open()) {
            append(log, 0, 3);
        }
        Path file = folder.resolve("log");
        byte[] whole = Files.readAllBytes(file);
        byte[] more = Frame.write(List.of("job-3"), leaf(3), document(3));
        for (int cut = 1; cut < more.length; cut += 97) {
            Files.write(file, whole);
            Files.write(file, java.util.Arrays.copyOf(more, cut), StandardOpenOption.APPEND);
            try (DurableLog log = open()) {
                assertThat(log.size()).isEqualTo(3);
                assertThat(folder.resolve("torn-" + whole.length)).hasSize(cut);
            }
            assertThat(file).hasBinaryContent(whole);
        }
    }

    @Test
    void a_document_that_did_not_reach_the_disk_takes_its_entry_with_it() throws IOException {
        try (DurableLog log = open()) {
            append(log, 0, 3);
        }
        Path file = folder.resolve("log");
        byte[] more = Frame.write(List.of("job-3"), leaf(3), document(3));
        more[more.length - 1] ^= 1;
        Files.write(file, more, StandardOpenOption.APPEND);
        try (DurableLog log = open()) {
            assertThat(log.size()).isEqualTo(3);
        }
    }

    /** A log of a process that was killed: the last checkpoint knows of none of these. */
    private Path killed(int entries) throws IOException {
        Path copy = Files.createDirectory(folder.resolve("killed"));
        try (DurableLog log = open()) {
            append(log, 0, entries);
            Files.copy(folder.resolve("log"), copy.resolve("log"));
        }
        return copy.resolve("log");
    }

    @Test
    void damage_to_an_entry_that_was_acknowledged_is_refused_and_no_entry_is_cut_off() throws IOException {
        Path file = killed(100);
        byte[] whole = Files.readAllBytes(file);
        int last = Frame.write(List.of("job-99", "req-99"), leaf(99), document(99)).length;
        Random random = new Random(2);
        for (int round = 0; round < 60; round++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(whole.length - last)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            assertThatThrownBy(() -> DurableLog.open(file.resolveSibling(""), key, Duration.ZERO))
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching(".*damaged at entry \\d+, byte \\d+.*restore it from a copy");
            assertThat(file).hasBinaryContent(damaged);
        }
    }

    @Test
    void entries_of_one_write_of_which_a_part_reached_the_disk_are_cut_off_together() throws IOException {
        Path file = killed(3);
        byte[] whole = Files.readAllBytes(file);
        for (int i = 3; i < 6; i++) {
            byte[] frame = Frame.write(List.of("job-" + i), leaf(i), document(i));
            Frame.seal(frame, whole.length);
            frame[frame.length - 1] ^= (byte) (i == 3 ? 1 : 0);
            Files.write(file, frame, StandardOpenOption.APPEND);
        }
        try (DurableLog log = DurableLog.open(file.resolveSibling(""), key, Duration.ZERO)) {
            assertThat(log.size()).isEqualTo(3);
        }
        assertThat(file).hasBinaryContent(whole);
    }

    @Test
    void a_log_in_an_earlier_form_is_refused_with_what_to_do() throws IOException {
        byte[] earlier = new byte[64];
        earlier[3] = 9;
        Files.write(folder.resolve("log"), earlier);
        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("written by an earlier version")
                .hasMessageContaining("to begin a new log");
        Files.write(folder.resolve("log"), new byte[64]);
        try (DurableLog log = open()) {
            assertThat(log.size()).as("zeros, which a file system may leave").isZero();
        }
    }

    @Test
    void damage_before_the_checkpoint_is_refused_and_nothing_is_cut() throws IOException {
        try (DurableLog log = open()) {
            append(log, 0, 20);
        }
        Path file = folder.resolve("log");
        byte[] whole = Files.readAllBytes(file);
        byte[] frame = Frame.write(List.of("job-0"), leaf(0), document(0));
        Random random = new Random(1);
        for (int round = 0; round < 50; round++) {
            byte[] damaged = whole.clone();
            // Documents are checked when they are read: the tree does not depend on them.
            int at = random.nextInt(Frame.of(java.nio.ByteBuffer.wrap(frame)).headLength());
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("damaged");
            assertThat(file).hasBinaryContent(damaged);
        }
    }

    @Test
    void a_damaged_document_is_not_handed_out() throws IOException {
        try (DurableLog log = open()) {
            append(log, 0, 2);
        }
        Path file = folder.resolve("log");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        try (DurableLog log = open()) {
            assertThat(log.read(0).document()).isEqualTo(document(0));
            assertThatThrownBy(() -> log.read(1))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("damaged");
        }
    }

    @Test
    void an_older_copy_of_the_log_is_refused() throws IOException {
        try (DurableLog log = open()) {
            append(log, 0, 5);
        }
        Path file = folder.resolve("log");
        Path copy = Files.copy(file, folder.resolve("copy"));
        try (DurableLog log = open()) {
            append(log, 5, 5);
        }
        Files.copy(copy, file, StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("older");
    }

    @Test
    void another_log_in_place_of_this_one_is_refused() throws IOException {
        try (DurableLog log = open()) {
            append(log, 0, 5);
        }
        Path other = Files.createDirectory(folder.resolve("other"));
        try (DurableLog log = DurableLog.open(other, key, Duration.ZERO)) {
            append(log, 1, 5);
        }
        Files.copy(other.resolve("log"), folder.resolve("log"), StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("is not the log");
    }

    @Test
    void a_checkpoint_of_another_key_is_refused() throws IOException {
        try (DurableLog log = open()) {
            append(log, 0, 5);
        }
        assertThatThrownBy(() -> DurableLog.open(folder, LogKey.random(new SecureRandom()), Duration.ZERO))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a checkpoint that this host's key signed");
    }

    @Test
    void a_second_one_waits_for_the_first_and_never_writes_beside_it() throws IOException {
        try (DurableLog log = open()) {
            append(log, 0, 1);
            assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("in use");
            append(log, 1, 1);
        }
        try (DurableLog log = open()) {
            assertThat(log.size()).isEqualTo(2);
        }
    }

    @Test
    void a_closed_log_takes_nothing() throws IOException {
        DurableLog log = open();
        log.close();
        assertThatThrownBy(() -> append(log, 0, 1)).isInstanceOf(IOException.class);
    }

    @Test
    void too_large_an_entry_is_refused() throws IOException {
        try (DurableLog log = open()) {
            assertThatThrownBy(() -> log.append(List.of(), new byte[Frame.MOST_LEAF + 1], new byte[0]))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> log.append(List.of("a\nb"), new byte[1], new byte[0]))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(log.size()).isZero();
        }
    }

    private DurableLog open() throws IOException {
        return DurableLog.open(folder, key, Duration.ZERO);
    }

    private static void append(DurableLog log, int first, int count) throws IOException {
        int before = log.size();
        for (int i = first; i < first + count; i++) {
            assertThat(log.append(List.of("job-" + i, "req-" + i), leaf(i), document(i)))
                    .isEqualTo(before + i - first);
        }
    }

    private static byte[] leaf(int number) {
        return ("leaf " + number).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] document(int number) {
        return ("document " + number + " ").repeat(1 + number % 5 * 60).getBytes(StandardCharsets.UTF_8);
    }
}
