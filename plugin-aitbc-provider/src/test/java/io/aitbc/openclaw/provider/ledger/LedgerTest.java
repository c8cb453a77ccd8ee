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
import io.aitbc.openclaw.contract.TestingClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    @TempDir
    Path folder;

    private final TestingClock clock = new TestingClock();

    @Test
    void what_is_reserved_counts_until_it_is_released() {
        Ledger ledger = open();
        ledger.reserve("a", ait("0.04"), "");
        assertThat(ledger.spentToday()).isEqualTo(ait("0.04"));

        ledger.release("a", "canceled");

        assertThat(ledger.spentToday()).isEqualTo(ait("0"));
    }

    @Test
    void settling_counts_what_was_really_paid() {
        Ledger ledger = open();
        ledger.reserve("a", ait("0.04"), "");
        ledger.settle("a", ait("0.03"), "paid");
        ledger.reserve("b", ait("0.04"), "");
        ledger.unknown("b", "lost");

        assertThat(ledger.spentToday()).isEqualTo(ait("0.07"));
        assertThat(ledger.history(10)).extracting(PaymentRecord::state).containsExactly(State.UNKNOWN, State.SETTLED);
        assertThat(ledger.history(1)).extracting(PaymentRecord::reference).containsExactly("b");
    }

    @Test
    void what_is_closed_stays_as_it_is() {
        Ledger ledger = open();
        ledger.reserve("a", ait("0.04"), "");
        ledger.settle("a", ait("0.04"), "paid");
        ledger.release("a", "late wish");

        assertThat(ledger.spentToday()).isEqualTo(ait("0.04"));
        assertThat(ledger.history(1).getFirst().note()).isEqualTo("paid");
    }

    @Test
    void an_unknown_payment_can_still_be_cleared_up() {
        Ledger ledger = open();
        ledger.reserve("a", ait("0.04"), "");
        ledger.unknown("a", "lost");
        assertThat(ledger.open()).hasSize(1);

        ledger.release("a", "never arrived");

        assertThat(ledger.open()).isEmpty();
        assertThat(ledger.spentToday()).isEqualTo(ait("0"));
    }

    @Test
    void one_job_above_its_cap_is_refused() {
        OpenClawException failure =
                Failures.assertFails(ErrorCode.PRICE_ABOVE_CAP, () -> open().reserve("a", ait("0.11"), ""));
        assertThat(failure).hasMessageContaining("0.11 AIT").hasMessageContaining("0.1 AIT");
    }

    @Test
    void the_cap_of_the_day_is_hard_and_ends_with_the_day() {
        Ledger ledger = open();
        for (int i = 0; i < 10; i++) {
            ledger.reserve("job" + i, ait("0.1"), "");
        }
        OpenClawException failure =
                Failures.assertFails(ErrorCode.BUDGET_EXHAUSTED, () -> ledger.reserve("more", ait("0.01"), ""));
        assertThat(failure).hasMessageStartingWith("daily budget exhausted: ");

        clock.advance(Duration.ofHours(12));
        ledger.reserve("tomorrow", ait("0.01"), "");
        assertThat(ledger.spentToday()).isEqualTo(ait("0.01"));
    }

    @Test
    void money_reserved_before_midnight_counts_against_that_day_however_long_it_takes() {
        Ledger ledger = open();
        clock.advance(Duration.ofHours(12).minusSeconds(1));
        ledger.reserve("a", ait("0.1"), "");
        clock.advance(Duration.ofSeconds(2));
        ledger.settle("a", ait("0.1"), "paid");

        assertThat(ledger.spentToday()).isEqualTo(ait("0"));
    }

    @Test
    void a_new_ledger_over_the_same_file_knows_everything() {
        Ledger before = open();
        before.reserve("a", ait("0.04"), "request 1");
        before.dispatched("a", "job-7");
        before.reserve("b", ait("0.05"), "");
        before.release("b", "");

        Ledger after = open();

        assertThat(after.spentToday()).isEqualTo(ait("0.04"));
        assertThat(after.open()).singleElement().satisfies(entry -> {
            assertThat(entry.jobId()).contains("job-7");
            assertThat(entry.note()).isEqualTo("request 1");
            assertThat(entry.state()).isEqualTo(State.RESERVED);
        });
    }

    @Test
    void a_torn_last_line_is_forgotten_and_overwritten() throws IOException {
        Ledger before = open();
        before.reserve("a", ait("0.04"), "");
        Files.writeString(file(), "{\"v\":1,\"at\":\"2026-11-22T12:0", StandardOpenOption.APPEND);

        Ledger after = open();
        after.reserve("b", ait("0.05"), "");

        assertThat(open().spentToday()).isEqualTo(ait("0.09"));
        assertThat(Files.readAllLines(file())).hasSize(2);
    }

    @Test
    void a_journal_cut_at_any_byte_opens_and_never_shows_less_than_its_whole_lines() throws IOException {
        Ledger full = open();
        full.reserve("a", ait("0.04"), "");
        full.reserve("b", ait("0.05"), "");
        full.settle("a", ait("0.03"), "");
        byte[] bytes = Files.readAllBytes(file());
        for (int cut = 0; cut <= bytes.length; cut++) {
            Files.write(file(), java.util.Arrays.copyOf(bytes, cut));
            long lines = new String(bytes, 0, cut, java.nio.charset.StandardCharsets.UTF_8)
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
            String expected = List.of("0", "0.04", "0.09", "0.08").get((int) lines);
            assertThat(open().spentToday()).as("cut at " + cut).isEqualTo(ait(expected));
        }
    }

    @Test
    void a_damaged_journal_forbids_spending_and_says_where() throws IOException {
        Ledger before = open();
        before.reserve("a", ait("0.04"), "");
        Files.writeString(file(), "rubbish\n", StandardOpenOption.APPEND);

        OpenClawException failure = Failures.assertFails(ErrorCode.INTERNAL, this::open);
        assertThat(failure).hasMessageContaining("damaged at line 2");
        Failures.assertFails(ErrorCode.INTERNAL, () -> before.reserve("b", ait("0.01"), ""));
        Failures.assertFails(ErrorCode.INTERNAL, () -> before.reserve("c", ait("0.01"), ""));
    }

    @Test
    void many_threads_and_several_ledgers_over_one_file_never_exceed_the_cap() throws Exception {
        List<Ledger> ledgers = List.of(open(), open(), open());
        AtomicInteger accepted = new AtomicInteger();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                String reference = "job" + i;
                Ledger ledger = ledgers.get(i % ledgers.size());
                all.add(executor.submit(() -> {
                    try {
                        ledger.reserve(reference, ait("0.03"), "");
                        accepted.incrementAndGet();
                    } catch (OpenClawException e) {
                        assertThat(e.code()).isEqualTo(ErrorCode.BUDGET_EXHAUSTED);
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(accepted).hasValue(33);
        ledgers.forEach(ledger -> assertThat(ledger.spentToday()).isEqualTo(ait("0.99")));
        assertThat(open().spentToday()).isEqualTo(ait("0.99"));
    }

    @Test
    void an_interrupted_thread_can_still_account_for_its_money() throws Exception {
        Ledger ledger = open();
        ledger.reserve("a", ait("0.04"), "");
        Thread thread = Thread.startVirtualThread(() -> {
            Thread.currentThread().interrupt();
            ledger.release("a", "unloaded");
        });
        thread.join();

        assertThat(open().spentToday()).isEqualTo(ait("0"));
    }

    @Test
    void a_reference_is_used_once() {
        Ledger ledger = open();
        ledger.reserve("a", ait("0.01"), "");
        Failures.assertFails(ErrorCode.INTERNAL, () -> ledger.reserve("a", ait("0.01"), ""));
    }

    @Test
    void a_long_history_is_replayed_and_today_stays_right() throws IOException {
        StringBuilder journal = new StringBuilder();
        Instant yesterday = clock.instant().minus(Duration.ofDays(1));
        for (int i = 0; i < 5000; i++) {
            journal.append(EntryCodec.line(new Entry(
                    "old" + i,
                    State.SETTLED,
                    ait("0.01"),
                    yesterday,
                    yesterday,
                    Optional.of("j" + i),
                    "paid",
                    Optional.empty(),
                    Trail.NONE)));
        }
        Files.writeString(file(), journal);

        Ledger ledger = open();
        ledger.reserve("new", ait("0.1"), "");

        assertThat(ledger.spentToday()).isEqualTo(ait("0.1"));
        assertThat(ledger.history(2)).extracting(PaymentRecord::reference).containsExactly("new", "old4999");
    }

    @Test
    void what_is_forgotten_is_still_among_all() throws IOException {
        StringBuilder journal = new StringBuilder();
        Instant yesterday = clock.instant().minus(Duration.ofDays(1));
        for (int i = 0; i < 5000; i++) {
            journal.append(EntryCodec.line(new Entry(
                    "old" + i,
                    State.RELEASED,
                    ait("0.01"),
                    yesterday,
                    yesterday,
                    Optional.empty(),
                    "",
                    Optional.empty(),
                    Trail.NONE)));
        }
        Files.writeString(file(), journal);
        Ledger ledger = open();
        ledger.reserve("new", ait("0.1"), "");
        ledger.settle("new", ait("0.1"), "paid");

        assertThat(ledger.history(10_000)).hasSizeLessThan(5000);
        assertThat(ledger.all()).hasSize(5001);
        assertThat(ledger.all().getLast().state()).isEqualTo(State.SETTLED);
    }

    @Test
    void one_transaction_pays_one_job_also_after_a_restart() {
        Ledger ledger = open();
        ledger.reserve("a", ait("0.01"), Optional.of("0xaa"), "");
        ledger.reserve("b", ait("0.01"), Optional.of("0xaa"), "");
        assertThat(ledger.paidBy("a", "0x1", "paid in block 1")).isTrue();
        assertThat(ledger.paidBy("a", "0x1", "paid in block 1")).as("again").isTrue();

        Ledger after = open();

        assertThat(after.paidBy("b", "0x1", "paid in block 1")).isFalse();
        assertThat(after.find("a").orElseThrow().trail().payee()).contains("0xaa");
        assertThat(after.paymentChecked("unknown", "x")).isFalse();
    }

    @Test
    void a_verdict_changes_neither_state_nor_order_and_is_not_lost_by_a_later_settlement() {
        Ledger ledger = open();
        ledger.reserve("a", ait("0.01"), "");
        assertThat(ledger.paymentChecked("a", "paid on the chain in block 7")).isTrue();

        ledger.settle("a", ait("0.01"), "paid", "not looked up yet");

        PaymentRecord record = open().history(1).getFirst();
        assertThat(record.state()).isEqualTo(State.SETTLED);
        assertThat(record.note()).isEqualTo("paid; paid on the chain in block 7");
    }

    @Test
    void entries_of_earlier_days_are_forgotten_and_those_of_today_kept() throws IOException {
        Ledger ledger = open();
        StringBuilder journal = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            Instant at = clock.instant().minus(i < 2500 ? Duration.ofDays(1) : Duration.ZERO);
            journal.append(EntryCodec.line(new Entry(
                    "j" + i, State.RELEASED, ait("0.01"), at, at, Optional.empty(), "", Optional.empty(), Trail.NONE)));
        }
        Files.writeString(file(), journal);

        List<PaymentRecord> kept = ledger.history(5000);

        assertThat(kept).hasSize(2000);
        assertThat(kept.stream().filter(payment -> payment.updatedAt().equals(clock.instant())))
                .hasSize(500);
    }

    @Test
    void writers_that_wait_together_share_one_write_and_each_line_is_there() throws Exception {
        CountingJournal journal = new CountingJournal(file());
        Ledger ledger = Ledger.open(journal, new SpendingLimits(ait("0.1"), ait("1")), clock);
        journal.hold();
        int before = journal.accesses();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = executor.submit(() -> ledger.reserve("first", ait("0.01"), ""));
            journal.awaitHeld();
            List<Future<?>> others = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String reference = "job" + i;
                others.add(executor.submit(() -> ledger.reserve(reference, ait("0.01"), "")));
            }
            org.awaitility.Awaitility.await().until(() -> ledger.waiting() == 20);
            journal.letGo();
            first.get();
            for (Future<?> other : others) {
                other.get();
            }
        }

        assertThat(journal.accesses() - before).isEqualTo(2);
        assertThat(Files.readAllLines(file())).hasSize(21);
        assertThat(open().spentToday()).isEqualTo(ait("0.21"));
    }

    @Test
    void one_refusal_does_not_touch_those_it_shares_a_write_with() throws Exception {
        CountingJournal journal = new CountingJournal(file());
        Ledger ledger = Ledger.open(journal, new SpendingLimits(ait("0.1"), ait("0.2")), clock);
        journal.hold();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = executor.submit(() -> ledger.reserve("first", ait("0.01"), ""));
            journal.awaitHeld();
            List<Future<ErrorCode>> others = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                String reference = "job" + i;
                others.add(executor.submit(() -> {
                    try {
                        ledger.reserve(reference, ait("0.09"), "");
                        return null;
                    } catch (OpenClawException e) {
                        return e.code();
                    }
                }));
            }
            org.awaitility.Awaitility.await().until(() -> ledger.waiting() == 3);
            journal.letGo();
            first.get();
            List<ErrorCode> refused = new ArrayList<>();
            for (Future<ErrorCode> other : others) {
                if (other.get() != null) {
                    refused.add(other.get());
                }
            }
            assertThat(refused).containsExactly(ErrorCode.BUDGET_EXHAUSTED);
        }
        assertThat(open().spentToday()).isEqualTo(ait("0.19"));
    }

    @Test
    void after_a_write_that_failed_the_ledger_is_what_is_on_disk() {
        CountingJournal journal = new CountingJournal(file());
        Ledger ledger = Ledger.open(journal, new SpendingLimits(ait("0.1"), ait("1")), clock);
        ledger.reserve("a", ait("0.04"), "");
        ledger.accept("a", new Acceptance("r1", "00"));

        journal.failNext();
        Failures.assertFails(ErrorCode.INTERNAL, () -> ledger.reserve("b", ait("0.05"), ""));

        assertThat(ledger.spentToday()).isEqualTo(ait("0.04"));
        ledger.reserve("b", ait("0.05"), "");
        Failures.assertFails(ErrorCode.PROOF_INVALID, () -> ledger.accept("b", new Acceptance("r1", "00")));
        assertThat(open().spentToday()).isEqualTo(ait("0.09"));
    }

    @Test
    void the_first_accepted_receipt_of_a_job_counts_across_restarts() {
        Ledger before = open();
        before.reserve("a", ait("0.04"), "");
        before.dispatched("a", "job-1");
        before.accept("a", new Acceptance("r1", "aa"));
        before.accept("a", new Acceptance("r1", "aa"));
        before.settle("a", ait("0.04"), "paid");

        for (Ledger ledger : List.of(before, open())) {
            ledger.accept("a", new Acceptance("r1", "aa"));
            assertThat(Failures.assertFails(
                            ErrorCode.PROOF_INVALID, () -> ledger.accept("a", new Acceptance("r2", "aa"))))
                    .hasMessageContaining("answered before with receipt r1");
            Failures.assertFails(ErrorCode.PROOF_INVALID, () -> ledger.accept("a", new Acceptance("r1", "bb")));
        }
    }

    @Test
    void a_receipt_or_a_job_serves_one_request_across_restarts() {
        Ledger before = open();
        before.reserve("a", ait("0.04"), "");
        before.dispatched("a", "job-1");
        before.accept("a", new Acceptance("r1", "aa"));
        before.reserve("b", ait("0.04"), "");
        before.dispatched("b", "job-2");
        before.reserve("c", ait("0.01"), "");
        before.dispatched("c", "job-1");

        for (Ledger ledger : List.of(before, open())) {
            assertThat(Failures.assertFails(
                            ErrorCode.PROOF_INVALID, () -> ledger.accept("b", new Acceptance("r1", "aa"))))
                    .hasMessageContaining("receipt r1 was accepted for another job");
            assertThat(Failures.assertFails(
                            ErrorCode.PROOF_INVALID, () -> ledger.accept("c", new Acceptance("r3", "cc"))))
                    .hasMessageContaining("the answer to another request");
        }
        open().accept("b", new Acceptance("r2", "bb"));
    }

    private Ledger open() {
        return Ledger.open(file(), new SpendingLimits(ait("0.1"), ait("1")), clock);
    }

    private Path file() {
        return folder.resolve("spending.jsonl");
    }

    private static TokenAmount ait(String coins) {
        return TokenAmount.parse(coins, Rail.AITBC);
    }
}
