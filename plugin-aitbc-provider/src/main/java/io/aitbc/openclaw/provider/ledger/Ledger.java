package io.aitbc.openclaw.provider.ledger;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.network.PaymentRecord;
import io.aitbc.openclaw.api.network.PaymentRecord.State;
import io.aitbc.openclaw.api.network.SpendingLimits;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was reserved and spent, and the caps. Money is reserved, durably, before a job is sent; afterwards it is settled,
 * released, or unknown, and unknown counts as spent. Several ledgers over the same file, also of other processes, see each
 * other and together never exceed the caps.
 */
public final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final int CLOSED_KEPT = 2000;

    private final Journal journal;
    private final SpendingLimits limits;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Deque<String> closedOldestFirst = new ArrayDeque<>();
    private final Map<LocalDate, BigInteger> daily = new HashMap<>();
    private final Latches latches = new Latches();
    private final Queue<Turn<?>> waiting = new ConcurrentLinkedQueue<>();
    private boolean damaged;

    private Ledger(Journal journal, SpendingLimits limits, InstantSource clock) {
        this.journal = journal;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Opens a ledger and replays its journal.
     *
     * @throws OpenClawException with INTERNAL when the file cannot be used or is damaged: nothing is spent without a ledger
     */
    public static Ledger open(Path file, SpendingLimits limits, InstantSource clock) {
        return open(new Journal(file), limits, clock);
    }

    static Ledger open(Journal journal, SpendingLimits limits, InstantSource clock) {
        Ledger ledger = new Ledger(journal, limits, clock);
        ledger.current();
        return ledger;
    }

    public SpendingLimits limits() {
        return limits;
    }

    /**
     * Sets money aside, on disk, before it returns.
     *
     * @param reference unique
     * @throws OpenClawException with PRICE_ABOVE_CAP or BUDGET_EXHAUSTED when a cap forbids it
     */
    public void reserve(String reference, TokenAmount amount, String note) {
        reserve(reference, amount, Optional.empty(), note);
    }

    /**
     * As {@link #reserve(String, TokenAmount, String)}.
     *
     * @param payee address it is for
     */
    public void reserve(String reference, TokenAmount amount, Optional<String> payee, String note) {
        if (amount.compareTo(limits.perJob()) > 0) {
            throw new OpenClawException(
                    ErrorCode.PRICE_ABOVE_CAP,
                    "This job may cost %s, the most one job may cost is %s (max-price-per-job)"
                            .formatted(amount, limits.perJob()));
        }
        locked(() -> {
            if (entries.containsKey(reference)) {
                throw new OpenClawException(ErrorCode.INTERNAL, "Payment reference used twice: " + reference);
            }
            Instant now = clock.instant();
            TokenAmount spent = spent(now);
            if (spent.plus(amount).compareTo(limits.perDay()) > 0) {
                throw new OpenClawException(
                        ErrorCode.BUDGET_EXHAUSTED,
                        "daily budget exhausted: %s of %s used today, this job may cost %s (daily-budget, resets at 00:00 UTC)"
                                .formatted(spent, limits.perDay(), amount));
            }
            return Optional.of(new Entry(
                    reference,
                    State.RESERVED,
                    amount,
                    now,
                    now,
                    Optional.empty(),
                    note,
                    Optional.empty(),
                    Trail.of(payee)));
        });
    }

    /** Notes the network's id of a job; its money stays reserved. */
    public void dispatched(String reference, String jobId) {
        change(reference, entry -> entry.with(jobId, clock.instant()));
    }

    /**
     * Notes, on disk before it returns, which receipt and answer a job was accepted with. The same once more changes nothing.
     *
     * @throws OpenClawException with PROOF_INVALID when the job was accepted with another receipt or answer before, or the
     *     receipt or the job for another request, in this process or an earlier one
     */
    public void accept(String reference, Acceptance acceptance) {
        locked(() -> {
            Entry entry = require(reference);
            latches.check(entry, acceptance);
            return Optional.of(entry.with(acceptance, clock.instant())).filter(next -> !entry.sameAs(next));
        });
    }

    /** @param paid what it really cost, which may differ from what was reserved */
    public void settle(String reference, TokenAmount paid, String note) {
        move(reference, State.SETTLED, Optional.of(paid), note);
    }

    /**
     * As {@link #settle(String, TokenAmount, String)}.
     *
     * @param check what is known of the payment on the chain, unless more is known already
     */
    public void settle(String reference, TokenAmount paid, String note, String check) {
        change(reference, entry -> {
            Entry settled = entry.with(State.SETTLED, paid, note, clock.instant());
            Trail trail = entry.trail();
            return trail.payment().isPresent() ? settled : settled.with(trail.withPayment(Optional.empty(), check));
        });
    }

    /**
     * Writes down which transaction of the chain the payment is. State and amount stay.
     *
     * @return false when the ledger does not know the payment (any more), or the transaction is another payment
     */
    public boolean paidBy(String reference, String transaction, String verdict) {
        return note(
                reference,
                entry -> latches.spent(transaction, entry)
                        ? Optional.empty()
                        : Optional.of(entry.trail().withPayment(Optional.of(transaction), verdict)));
    }

    /** Writes down what was found out about the payment on the chain. @return false when the ledger does not know it */
    public boolean paymentChecked(String reference, String verdict) {
        return note(reference, entry -> Optional.of(entry.trail().withPayment(Optional.empty(), verdict)));
    }

    /** Writes down what was found out about the receipt. @return false when the ledger does not know the payment */
    public boolean receiptChecked(String reference, String verdict) {
        return note(reference, entry -> Optional.of(entry.trail().withReceipt(verdict)));
    }

    private boolean note(String reference, Function<Entry, Optional<Trail>> more) {
        AtomicBoolean noted = new AtomicBoolean();
        locked(() -> {
            Entry entry = entries.get(reference);
            Optional<Entry> next =
                    Optional.ofNullable(entry).flatMap(it -> more.apply(it).map(it::with));
            noted.set(next.isPresent());
            return next.filter(it -> entry != null && !entry.sameAs(it));
        });
        return noted.get();
    }

    /** @return empty when there is none, or it is too old to be kept */
    public Optional<Entry> find(String reference) {
        return locked(Optional::empty, () -> Optional.ofNullable(entries.get(reference)));
    }

    /** Gives the money back: it was surely never paid. */
    public void release(String reference, String note) {
        move(reference, State.RELEASED, Optional.empty(), note);
    }

    /** Nobody can say whether it was paid; it counts as spent. */
    public void unknown(String reference, String note) {
        move(reference, State.UNKNOWN, Optional.empty(), note);
    }

    /** What counts against today's cap (UTC). */
    public TokenAmount spentToday() {
        return locked(Optional::empty, () -> spent(clock.instant()));
    }

    /** Newest first. */
    public List<PaymentRecord> history(int limit) {
        return current().reversed().stream()
                .sorted(Comparator.comparing(Entry::updatedAt).reversed())
                .limit(limit)
                .map(Entry::toRecord)
                .toList();
    }

    /** Every entry of the journal, also those that are too old to be kept in memory, the first reserved first. */
    public List<PaymentRecord> all() {
        Map<String, Entry> every = new LinkedHashMap<>();
        journal.everything((part, lines) -> {
            for (int i = 0; i < lines.texts().size(); i++) {
                if (parse(part, lines, i) instanceof Entry entry) {
                    every.put(entry.reference(), entry);
                }
            }
        });
        return every.values().stream().map(Entry::toRecord).toList();
    }

    /** Entries that are neither settled nor released. */
    public List<Entry> open() {
        return current().stream().filter(entry -> !entry.closed()).toList();
    }

    private List<Entry> current() {
        return locked(Optional::empty, () -> new ArrayList<>(entries.values()));
    }

    private void move(String reference, State state, Optional<TokenAmount> amount, String note) {
        change(reference, entry -> entry.with(state, amount.orElse(entry.amount()), note, clock.instant()));
    }

    /** What is settled or released stays so: the first who knew was right. What would not change is not written. */
    private void change(String reference, Function<Entry, Entry> change) {
        locked(() -> {
            Entry entry = require(reference);
            return Optional.of(change.apply(entry)).filter(next -> !entry.closed() && !entry.sameAs(next));
        });
    }

    private Entry require(String reference) {
        Entry entry = entries.get(reference);
        if (entry == null) {
            throw new OpenClawException(ErrorCode.INTERNAL, "Unknown payment reference: " + reference);
        }
        return entry;
    }

    private void locked(Turn.Step step) {
        locked(step, () -> true);
    }

    /**
     * Whoever gets the lock serves all who wait for it: while one brings lines to disk, the next ones gather, and one write and
     * one sync are enough for all of them. Nobody goes on before the own line is on disk.
     */
    private <T> T locked(Turn.Step step, Turn.Reading<T> reading) {
        Turn<T> turn = new Turn<>(step, reading);
        waiting.add(turn);
        lock.lock();
        try {
            if (!turn.served()) {
                serveAll();
            }
        } finally {
            lock.unlock();
        }
        return turn.result();
    }

    /** Callers that nobody serves yet. */
    int waiting() {
        return waiting.size();
    }

    private void serveAll() {
        List<Turn<?>> turns = new ArrayList<>();
        for (Turn<?> turn = waiting.poll(); turn != null; turn = waiting.poll()) {
            turns.add(turn);
        }
        StringBuilder lines = new StringBuilder();
        try {
            journal.access(appended -> {
                replay(appended);
                for (Turn<?> turn : turns) {
                    turn.take().ifPresent(entry -> {
                        lines.append(EntryCodec.line(entry));
                        put(entry);
                    });
                }
                return lines.toString();
            });
            turns.forEach(Turn::finish);
        } catch (RuntimeException | Error e) {
            if (!lines.isEmpty()) {
                startAnew();
            }
            turns.forEach(turn -> turn.fail(e));
        }
        if (journal.isLong()) {
            beginAnew();
        }
    }

    private void beginAnew() {
        try {
            journal.cut(
                    appended -> {
                        replay(appended);
                        return "";
                    },
                    this::carried);
        } catch (OpenClawException e) {
            LOG.atWarn().log("the spending ledger grows on: {}", e.getMessage());
        }
    }

    /** What a ledger that reads nothing else knows as much as this one by. */
    private String carried() {
        StringBuilder lines = new StringBuilder();
        latches.all().forEach(owned -> lines.append(EntryCodec.line(owned)));
        entries.values().forEach(entry -> lines.append(EntryCodec.line(entry)));
        return lines.toString();
    }

    /** After a write that failed nobody knows which lines are on disk: what is there is read again. */
    private void startAnew() {
        clear();
        journal.rewind();
    }

    private void clear() {
        entries.clear();
        closedOldestFirst.clear();
        daily.clear();
        latches.clear();
    }

    private void replay(Journal.Lines lines) {
        if (damaged) {
            throw new OpenClawException(
                    ErrorCode.INTERNAL, "The spending ledger was found damaged: restart after repairing it");
        }
        if (lines.anew()) {
            clear();
        }
        damaged = true;
        for (int i = 0; i < lines.texts().size(); i++) {
            switch (parse(journal.file(), lines, i)) {
                case Entry entry -> put(entry);
                case JournalLine.Owned owned -> latches.put(owned);
                case JournalLine.Beginning _ -> {}
            }
        }
        damaged = false;
    }

    private static JournalLine parse(Path part, Journal.Lines lines, int index) {
        try {
            return EntryCodec.parse(lines.texts().get(index));
        } catch (IllegalArgumentException e) {
            throw Journal.broken(
                    part, "is damaged at line %d: restore it or move it away".formatted(lines.first() + index), e);
        }
    }

    private void put(Entry entry) {
        // Taken out first, so that the map stays in the order of the last change.
        Entry before = entries.remove(entry.reference());
        if (before != null) {
            count(before, BigInteger.ONE.negate());
        }
        entries.put(entry.reference(), entry);
        latches.put(entry);
        count(entry, BigInteger.ONE);
        if (entry.closed()) {
            closedOldestFirst.add(entry.reference());
        }
        forgetOldest();
    }

    private void count(Entry entry, BigInteger sign) {
        if (entry.counts()) {
            daily.merge(day(entry.reservedAt()), entry.amount().units().multiply(sign), BigInteger::add);
        }
    }

    /** Forgets closed entries of earlier days, which count against no cap any more. Stops at the first of today. */
    private void forgetOldest() {
        while (entries.size() > CLOSED_KEPT && !closedOldestFirst.isEmpty()) {
            Entry oldest = entries.get(closedOldestFirst.getFirst());
            if (oldest != null && !day(oldest.reservedAt()).isBefore(day(clock.instant()))) {
                return;
            }
            closedOldestFirst.removeFirst();
            if (oldest != null && oldest.closed()) {
                entries.remove(oldest.reference());
            }
        }
    }

    private TokenAmount spent(Instant now) {
        return new TokenAmount(
                daily.getOrDefault(day(now), BigInteger.ZERO), limits.perDay().rail());
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
