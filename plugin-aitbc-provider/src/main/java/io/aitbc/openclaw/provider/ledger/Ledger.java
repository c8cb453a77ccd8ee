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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * What was reserved and spent, and the caps. Money is reserved, durably, before a job is sent; afterwards it is settled,
 * released, or unknown, and unknown counts as spent. Several ledgers over the same file, also of other processes, see each
 * other and together never exceed the caps.
 */
public final class Ledger {
    private static final int CLOSED_KEPT = 2000;

    private final Journal journal;
    private final SpendingLimits limits;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<LocalDate, BigInteger> daily = new HashMap<>();
    private boolean damaged;

    private Ledger(Path file, SpendingLimits limits, InstantSource clock) {
        this.journal = new Journal(file);
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Opens a ledger and replays its journal.
     *
     * @throws OpenClawException with INTERNAL when the file cannot be used or is damaged: nothing is spent without a ledger
     */
    public static Ledger open(Path file, SpendingLimits limits, InstantSource clock) {
        Ledger ledger = new Ledger(file, limits, clock);
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
            return Optional.of(new Entry(reference, State.RESERVED, amount, now, now, Optional.empty(), note));
        });
    }

    /** Notes the network's id of a job; its money stays reserved. */
    public void dispatched(String reference, String jobId) {
        change(
                reference,
                entry -> new Entry(
                        reference,
                        entry.state(),
                        entry.amount(),
                        entry.reservedAt(),
                        clock.instant(),
                        Optional.of(jobId),
                        entry.note()));
    }

    /** @param paid what it really cost, which may differ from what was reserved */
    public void settle(String reference, TokenAmount paid, String note) {
        move(reference, State.SETTLED, Optional.of(paid), note);
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

    /** Entries that are neither settled nor released. */
    public List<Entry> open() {
        return current().stream().filter(entry -> !entry.closed()).toList();
    }

    private List<Entry> current() {
        return locked(Optional::empty, () -> new ArrayList<>(entries.values()));
    }

    private void move(String reference, State state, Optional<TokenAmount> amount, String note) {
        change(
                reference,
                entry -> new Entry(
                        reference,
                        state,
                        amount.orElse(entry.amount()),
                        entry.reservedAt(),
                        clock.instant(),
                        entry.jobId(),
                        note));
    }

    /** What is settled or released stays so: the first who knew was right. What would not change is not written. */
    private void change(String reference, Function<Entry, Entry> change) {
        locked(() -> {
            Entry entry = entries.get(reference);
            if (entry == null) {
                throw new OpenClawException(ErrorCode.INTERNAL, "Unknown payment reference: " + reference);
            }
            return Optional.of(change.apply(entry)).filter(next -> !entry.closed() && !entry.sameAs(next));
        });
    }

    private interface Step {
        Optional<Entry> next();
    }

    private interface Reading<T> {
        T read();
    }

    private void locked(Step step) {
        locked(step, () -> true);
    }

    private <T> T locked(Step step, Reading<T> reading) {
        lock.lock();
        try {
            Pending pending = new Pending();
            journal.access((firstLine, appended) -> {
                replay(firstLine, appended);
                pending.entry = step.next();
                return pending.entry.map(EntryCodec::line).orElse("");
            });
            pending.entry.ifPresent(this::put);
            return reading.read();
        } finally {
            lock.unlock();
        }
    }

    private static final class Pending {
        private Optional<Entry> entry = Optional.empty();
    }

    private void replay(long firstLine, List<String> lines) {
        if (damaged) {
            throw new OpenClawException(
                    ErrorCode.INTERNAL, "The spending ledger was found damaged: restart after repairing it");
        }
        for (int i = 0; i < lines.size(); i++) {
            try {
                put(EntryCodec.parse(lines.get(i)));
            } catch (IllegalArgumentException e) {
                damaged = true;
                throw journal.broken("is damaged at line %d: restore it or move it away".formatted(firstLine + i), e);
            }
        }
    }

    private void put(Entry entry) {
        // Taken out first, so that the map stays in the order of the last change.
        Entry before = entries.remove(entry.reference());
        if (before != null) {
            count(before, BigInteger.ONE.negate());
        }
        entries.put(entry.reference(), entry);
        count(entry, BigInteger.ONE);
        if (entries.size() > CLOSED_KEPT) {
            forgetOldest();
        }
    }

    private void count(Entry entry, BigInteger sign) {
        if (entry.counts()) {
            daily.merge(day(entry.reservedAt()), entry.amount().units().multiply(sign), BigInteger::add);
        }
    }

    /** Forgets the oldest closed entry of an earlier day: it counts against no cap any more. */
    private void forgetOldest() {
        LocalDate today = day(clock.instant());
        Iterator<Entry> oldestFirst = entries.values().iterator();
        while (oldestFirst.hasNext()) {
            Entry entry = oldestFirst.next();
            if (entry.closed() && day(entry.reservedAt()).isBefore(today)) {
                oldestFirst.remove();
                return;
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
