package io.aitbc.openclaw.zk.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.proof.SignedRoot;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.json.CanonicalJson;
import io.aitbc.openclaw.zk.log.DurableLog;
import io.aitbc.openclaw.zk.log.LogKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A restart reads hashes that were kept, and computes again whatever it cannot rely on. */
class LoggedReceiptsTest {
    private static final int RECORDS = 22;

    private final ChainDocuments documents = new ChainDocuments();
    private final LogKey key = LogKey.random(new SecureRandom());

    @TempDir
    private Path folder;

    /** What a start finds. */
    private record Start(int hashed, int records, int receipts, Fr root, SignedRoot said) {}

    private void append(int first, int count) throws IOException {
        ChainStatements statements = new ChainStatements(key);
        try (DurableLog log = log()) {
            for (int i = first; i < first + count; i++) {
                // Every fifth record has no price.
                String receipt = i % 5 == 4 ? "{}" : "{\"price\": 0.0%d}".formatted(1 + i % 9);
                ChainStatements.Made made =
                        statements.make(TestingChain.network("request-" + i, "job-" + i, Optional.of(receipt)));
                int _ = log.append(List.of("job-" + i), CanonicalJson.of(made.link()), ChainDocuments.entry(made));
            }
        }
    }

    private DurableLog log() throws IOException {
        return DurableLog.open(folder, key, Duration.ZERO);
    }

    private Start start() throws IOException {
        try (DurableLog log = log();
                LoggedReceipts receipts = new LoggedReceipts(folder, key)) {
            assertThat(receipts.follow(log, documents)).isTrue();
            return seen(receipts);
        }
    }

    private static Start seen(LoggedReceipts receipts) {
        ReceiptBook book = receipts.book();
        return new Start(
                receipts.hashed(),
                book.records(),
                book.receipts(),
                book.root(),
                book.signedRoot(Instant.EPOCH, OptionalLong.of(3)));
    }

    private Start withoutFile() throws IOException {
        Path aside = folder.resolve("aside");
        Files.move(file(), aside);
        Start start = start();
        Files.move(aside, file(), StandardCopyOption.REPLACE_EXISTING);
        assertThat(start.hashed()).isEqualTo(start.records());
        return start;
    }

    private Path file() {
        return folder.resolve(LoggedReceipts.FILE);
    }

    private void assertSame(Start start, Start genuine, int hashed) {
        assertThat(start)
                .isEqualTo(new Start(hashed, genuine.records(), genuine.receipts(), genuine.root(), genuine.said()));
    }

    @Test
    void a_restart_hashes_nothing_and_later_only_what_was_added() throws IOException {
        append(0, RECORDS);
        assertThat(start().hashed()).isEqualTo(RECORDS);
        assertSame(start(), withoutFile(), 0);
        append(RECORDS, 7);
        assertSame(start(), withoutFile(), 7);
        assertSame(start(), withoutFile(), 0);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    /** Blocks of several sizes, and more than one of the largest. */
    @Test
    void many_records_are_kept_in_several_blocks() throws IOException {
        append(0, 1030);
        assertThat(start().hashed()).isEqualTo(1030);
        append(1030, 3);
        Start genuine = withoutFile();
        assertSame(start(), genuine, 3);
        truncate(Files.size(file()) - 1);
        assertSame(start(), genuine, 3);
        truncate(Files.size(file()) / 2);
        assertSame(start(), genuine, 1033);
        assertSame(start(), genuine, 0);
    }

    @Test
    void a_file_cut_anywhere_costs_time_and_nothing_else() throws IOException {
        append(0, 5);
        Start _ = start();
        append(5, 4);
        Start genuine = start();
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length < whole.length; length += length < 40 ? 1 : 37) {
            Files.write(file(), Arrays.copyOf(whole, length));
            Start start = start();
            assertThat(start.hashed()).as("cut at %d", length).isIn(4, 9);
            assertSame(start, genuine, start.hashed());
            assertThat(start().hashed()).isZero();
        }
    }

    @Test
    void a_flipped_byte_is_noticed_wherever_it_is() throws IOException {
        append(0, 6);
        Start genuine = start();
        byte[] whole = Files.readAllBytes(file());
        Random random = new Random(7);
        for (int at = 0; at < whole.length; at += 1 + random.nextInt(9)) {
            byte[] changed = whole.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file(), changed);
            Start start = start();
            assertThat(start).as("byte %d", at).isEqualTo(genuine);
            assertThat(file()).as("byte %d", at).hasBinaryContent(whole);
        }
    }

    /** Somebody who can write files but does not have the host's key. */
    @Test
    void hashes_sealed_under_another_key_or_of_another_log_do_not_count() throws IOException {
        append(0, RECORDS);
        Start genuine = start();
        byte[] own = Files.readAllBytes(file());
        Path other = Files.createDirectory(folder.resolve("other"));
        LoggedReceiptsTest foreign = new LoggedReceiptsTest();
        foreign.folder = other;
        foreign.append(0, RECORDS);
        assertThat(foreign.start().root()).isNotEqualTo(genuine.root());
        Files.copy(foreign.file(), file(), StandardCopyOption.REPLACE_EXISTING);
        assertSame(start(), genuine, RECORDS);

        // The log was put back and went on otherwise: hashes of records that are gone are under the right key.
        Files.write(file(), own);
        Files.delete(folder.resolve("log"));
        Files.delete(folder.resolve("checkpoint"));
        append(100, RECORDS);
        Start start = start();
        assertThat(start.hashed()).isEqualTo(RECORDS);
        assertSame(start, withoutFile(), RECORDS);
        assertThat(start.root()).isNotEqualTo(genuine.root());
    }

    @Test
    void blocks_in_another_order_or_of_a_longer_log_do_not_count() throws IOException {
        append(0, 4);
        Start four = start();
        long first = Files.size(file());
        append(4, 4);
        Start eight = start();
        byte[] whole = Files.readAllBytes(file());
        byte[] second = Arrays.copyOfRange(whole, (int) first, whole.length);
        byte[] head = Arrays.copyOf(whole, "openclaw-receipt-hashes/1\n".length());
        Files.write(file(), concat(head, second));
        assertSame(start(), eight, 8);
        Files.write(
                file(), concat(Arrays.copyOf(whole, (int) first), Arrays.copyOfRange(whole, head.length, (int) first)));
        assertSame(start(), eight, 4);

        // An old copy of the log beside the new file.
        Files.delete(folder.resolve("log"));
        Files.delete(folder.resolve("checkpoint"));
        append(0, 4);
        Files.write(file(), whole);
        assertSame(start(), four, 0);
        append(4, 1);
        assertThat(start().hashed()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "openclaw-receipt-hashes/2\n",
                "openclaw-receipt-hashes/1",
                "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
            })
    void a_file_of_another_form_is_written_anew(String content) throws IOException {
        append(0, 5);
        Files.writeString(file(), content);
        assertThat(start().hashed()).isEqualTo(5);
        assertThat(start().hashed()).isZero();
    }

    @Test
    void receipts_are_known_where_the_file_cannot_be_used() throws IOException {
        append(0, 5);
        Files.createDirectory(file());
        Start start = start();
        assertThat(start.hashed()).isEqualTo(5);
        Files.delete(file());
        assertThat(start()).isEqualTo(start);
    }

    /** As after a kill: the log has the record, and the file does not know of it. Or the record's writing was cut, and nobody was told of it. */
    @Test
    void records_whose_hashes_did_not_reach_the_file_are_hashed_by_the_next_start() throws Exception {
        append(0, 3);
        Start _ = start();
        append(3, 2);
        assertSame(start(), withoutFile(), 2);
        byte[] log = Files.readAllBytes(folder.resolve("log"));
        append(5, 1);
        byte[] longer = Files.readAllBytes(folder.resolve("log"));
        Files.write(folder.resolve("log"), Arrays.copyOf(longer, log.length + (longer.length - log.length) / 2));
        Files.delete(folder.resolve("checkpoint"));
        Start torn = start();
        assertThat(torn.records()).isEqualTo(5);
        assertThat(torn.hashed()).isZero();
    }

    @Test
    void what_was_hashed_before_an_interrupt_is_kept() throws Exception {
        append(0, 1100);
        try (DurableLog log = log();
                LoggedReceipts receipts = new LoggedReceipts(folder, key)) {
            List<Boolean> whole = new ArrayList<>();
            Thread thread = Thread.ofPlatform().start(() -> {
                try {
                    whole.add(receipts.follow(log, documents));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            while (thread.isAlive() && (!Files.exists(file()) || Files.size(file()) < 1000)) {
                Thread.onSpinWait();
            }
            thread.interrupt();
            thread.join();
            assertThat(whole).hasSize(1);
        }
        Start start = start();
        assertThat(start.hashed()).isLessThanOrEqualTo(1100 - 1024);
        assertSame(start, withoutFile(), start.hashed());
    }

    /** A proof that the old version of the plugin still makes, while the new one has log and file. */
    @Test
    void receipts_that_were_closed_leave_the_file_to_others_and_go_on() throws IOException {
        append(0, 5);
        try (DurableLog log = log()) {
            LoggedReceipts old = new LoggedReceipts(folder, key);
            LoggedReceipts unused = new LoggedReceipts(folder, key);
            assertThat(old.follow(log, documents)).isTrue();
            old.close();
            unused.close();
            byte[] before = Files.readAllBytes(file());
            int _ = log.append(
                    List.of("job-x"), CanonicalJson.of(made("job-x").link()), ChainDocuments.entry(made("job-x")));
            assertThat(old.follow(log, documents)).isTrue();
            assertThat(unused.follow(log, documents)).isTrue();
            assertThat(old.book().records()).isEqualTo(6);
            assertThat(unused.book().root()).isEqualTo(old.book().root());
            assertThat(file()).hasBinaryContent(before);
        }
        assertThat(start().hashed()).isEqualTo(1);
    }

    private ChainStatements.Made made(String job) {
        return new ChainStatements(key)
                .make(TestingChain.network("request-of-" + job, job, Optional.of("{\"price\": 0.03}")));
    }

    private void truncate(long size) throws IOException {
        Files.write(file(), Arrays.copyOf(Files.readAllBytes(file()), (int) size));
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
