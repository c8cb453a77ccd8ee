package io.aitbc.openclaw.provider.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.network.PaymentRecord;
import io.aitbc.openclaw.api.network.PaymentRecord.State;
import io.aitbc.openclaw.api.network.SpendingLimits;
import io.aitbc.openclaw.contract.Failures;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A ledger whose file is put aside again and again. */
@Timeout(60)
class LedgerSegmentsTest {
    private static final int SHORT = 4_000;

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-25T10:00:00Z"));
    private final SpendingLimits limits = new SpendingLimits(coins("10"), coins("1000"));

    private static TokenAmount coins(String amount) {
        return TokenAmount.parse(amount, Rail.AITBC);
    }

    private Path file() {
        return folder.resolve("spending.jsonl");
    }

    private Ledger open(Path file, long segmentBytes) {
        return Ledger.open(new Journal(file, segmentBytes), limits, now::get);
    }

    private Ledger open() {
        return open(file(), SHORT);
    }

    private List<Path> aside() throws IOException {
        return new JournalSegments(file()).aside();
    }

    private void nextDay() {
        now.updateAndGet(instant -> instant.plus(Duration.ofDays(1)));
    }

    private static void pay(Ledger ledger, String reference) {
        ledger.reserve(reference, coins("0.01"), "request");
        ledger.dispatched(reference, "job-" + reference);
        ledger.accept(reference, new Acceptance("receipt-" + reference, "digest"));
        ledger.settle(reference, coins("0.01"), "paid");
    }

    /** Payments of a day that is over, more than are kept in memory, as lines of the file. */
    private void dayBefore(String name) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 2_500; i++) {
            Entry reserved = new Entry(
                    name + i,
                    State.RESERVED,
                    coins("0.01"),
                    now.get(),
                    now.get(),
                    Optional.of("job-" + name + i),
                    "request",
                    Optional.of(new Acceptance("receipt-" + name + i, "digest")),
                    Trail.NONE);
            lines.append(EntryCodec.line(reserved).repeat(4))
                    .append(EntryCodec.line(reserved.with(State.SETTLED, coins("0.01"), "paid", now.get())));
        }
        Files.writeString(file(), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        nextDay();
    }

    @Test
    void a_long_file_is_put_aside_and_nothing_that_counts_is_forgotten() throws IOException {
        dayBefore("old");
        Ledger ledger = open();
        ledger.reserve("open", coins("3"), "");
        ledger.unknown("open", "nobody knows");
        pay(ledger, "new");

        assertThat(aside()).isNotEmpty();
        for (Ledger each : List.of(ledger, open())) {
            assertThat(each.spentToday()).isEqualTo(coins("3.01"));
            assertThat(each.open()).extracting(Entry::reference).containsExactly("open");
            assertThat(each.history(2)).extracting(PaymentRecord::reference).containsExactly("new", "open");
            assertThat(each.all()).hasSize(2_502);
            assertThat(each.find("new").orElseThrow().state()).isEqualTo(State.SETTLED);
        }
        Ledger reopened = open();
        assertThat(reopened.find("old7")).as("too old").isEmpty();
        reopened.reserve("again", coins("0.01"), "");
        reopened.dispatched("again", "another job");
        Failures.assertFails(
                ErrorCode.PROOF_INVALID, () -> reopened.accept("again", new Acceptance("receipt-old7", "digest")));
    }

    @Test
    void the_file_stays_short_over_many_days() throws IOException {
        int days = 4;
        for (int i = 0; i < days; i++) {
            dayBefore("day" + i + "-");
            pay(open(), "today" + i);
        }

        long aside = 0;
        for (Path part : aside()) {
            aside += Files.size(part);
        }
        assertThat(Files.size(file())).isLessThan(aside / 2);
        assertThat(open().all()).hasSize(days * 2_501);
    }

    @Test
    void a_ledger_with_short_files_is_the_same_as_one_with_a_long_file() {
        Ledger segmented = open();
        Ledger whole = open(folder.resolve("whole.jsonl"), Journal.SEGMENT_BYTES);
        Random random = new Random(7);
        List<String> references = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            String reference = "r" + i;
            references.add(reference);
            String other = references.get(random.nextInt(references.size()));
            int what = random.nextInt(6);
            for (Ledger each : List.of(segmented, whole)) {
                each.reserve(reference, coins("0.1"), "");
                switch (what) {
                    case 0 -> each.settle(other, coins("0.2"), "paid");
                    case 1 -> each.release(other, "free");
                    case 2 -> each.unknown(other, "lost");
                    case 3 -> each.dispatched(other, "job " + other);
                    case 4 ->
                        assertThat(each.paidBy(other, "0x" + other, "seen")).isTrue();
                    default -> assertThat(each.receiptChecked(other, "right")).isTrue();
                }
            }
            if (i % 60 == 59) {
                nextDay();
            }
        }
        Ledger reopened = open();
        for (Ledger each : List.of(segmented, reopened)) {
            assertThat(each.spentToday()).isEqualTo(whole.spentToday());
            assertThat(each.open()).containsExactlyElementsOf(whole.open());
            assertThat(each.history(10_000)).containsExactlyElementsOf(whole.history(10_000));
            assertThat(each.all()).containsExactlyInAnyOrderElementsOf(whole.all());
        }
    }

    @Test
    void ledgers_that_put_the_file_aside_under_each_other_never_exceed_the_cap() throws Exception {
        SpendingLimits few = new SpendingLimits(coins("1"), coins("5"));
        int threads = 4;
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<Integer>> paid = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                Ledger ledger = Ledger.open(new Journal(file(), SHORT), few, now::get);
                paid.add(executor.submit(() -> {
                    int count = 0;
                    for (int j = 0; j < 100; j++) {
                        try {
                            String reference = thread + "-" + j;
                            ledger.reserve(reference, coins("0.05"), "");
                            count++;
                            ledger.dispatched(reference, "job");
                            ledger.settle(reference, coins("0.05"), "paid");
                        } catch (OpenClawException e) {
                            assertThat(e.code()).isEqualTo(ErrorCode.BUDGET_EXHAUSTED);
                        }
                    }
                    return count;
                }));
            }
            int all = 0;
            for (Future<Integer> each : paid) {
                all += each.get();
            }
            assertThat(all).isEqualTo(100);
        }
        assertThat(aside()).isNotEmpty();
        assertThat(open().spentToday()).isEqualTo(coins("5"));
    }

    @Test
    void whenever_putting_it_aside_was_cut_off_everything_is_there() throws IOException {
        dayBefore("old");
        Ledger ledger = open(file(), Journal.SEGMENT_BYTES);
        pay(ledger, "new");
        List<PaymentRecord> all = ledger.all();
        Path draft = folder.resolve("spending.jsonl.next");

        Files.writeString(draft, "{\"v\":1,\"segm");
        assertThat(open(file(), Journal.SEGMENT_BYTES).all()).isEqualTo(all);
        Files.createLink(folder.resolve("spending.jsonl.000001"), file());
        assertThat(open(file(), Journal.SEGMENT_BYTES).all()).isEqualTo(all);

        Ledger next = open();
        assertThat(aside()).hasSize(2);
        assertThat(draft).doesNotExist();
        assertThat(next.all()).isEqualTo(all);
        assertThat(next.spentToday()).isEqualTo(coins("0.01"));
    }

    @Test
    void who_failed_to_read_the_next_file_is_told_once_more_that_all_is_anew() throws IOException {
        Journal reader = new Journal(file(), SHORT);
        reader.access(_ -> "first\n");
        String next = "{\"v\":1,\"segment\":1}\nsecond\n";
        Files.writeString(file(), next);
        length(300L << 20);
        assertThat(Failures.assertFails(ErrorCode.INTERNAL, () -> reader.access(_ -> "")))
                .hasMessageContaining("is too large");
        length(next.length());

        List<Journal.Lines> seen = new ArrayList<>();
        reader.access(lines -> {
            seen.add(lines);
            return "";
        });

        assertThat(seen).containsExactly(new Journal.Lines(1, true, List.of("{\"v\":1,\"segment\":1}", "second")));
    }

    private void length(long bytes) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file().toFile(), "rw")) {
            open.setLength(bytes);
        }
    }

    @Test
    void a_file_that_cannot_be_put_aside_grows_on_and_payments_go_on() throws IOException {
        Files.createDirectories(folder.resolve("spending.jsonl.next/in-the-way"));
        Ledger ledger = open();
        for (int i = 0; i < 20; i++) {
            pay(ledger, "r" + i);
        }

        assertThat(aside()).isEmpty();
        assertThat(open().spentToday()).isEqualTo(coins("0.2"));
    }

    @Test
    void a_damaged_part_that_was_put_aside_fails_the_whole_history_and_no_payment() throws IOException {
        dayBefore("old");
        Ledger ledger = open();
        pay(ledger, "new");
        Path first = aside().getFirst();
        Files.writeString(first, "{broken\n" + Files.readString(first));

        assertThat(Failures.assertFails(ErrorCode.INTERNAL, ledger::all))
                .hasMessageContaining("spending.jsonl.000001 is damaged at line 1");
        pay(ledger, "newer");
    }
}
