package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.network.PaymentRecord.State;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.coordinator.CoordinatorClient;
import io.aitbc.openclaw.provider.coordinator.JobView;
import io.aitbc.openclaw.provider.coordinator.Located;
import io.aitbc.openclaw.provider.direct.DirectPayments;
import io.aitbc.openclaw.provider.ledger.Entry;
import io.aitbc.openclaw.provider.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears up what a crash, a kill or an unreachable network left behind: looks up the jobs of money nobody accounted for, takes
 * back what can be taken back, and releases what never reached the network. Money of a job that may still be under way, here
 * or in another process over the same ledger, is left alone.
 */
final class Reconciler {
    private static final Logger log = LoggerFactory.getLogger(Reconciler.class);
    /** Longer than any call of ours takes, so that a job that is not listed by then will never be. */
    static final Duration GRACE = Duration.ofSeconds(90);

    private static final int MOST_ENTRIES = 50;
    /** The network's clock and ours may differ. */
    private static final Duration SKEW = Duration.ofMinutes(10);

    private final CoordinatorClient client;
    private final Ledger ledger;
    private final Settlement settlement;
    private final Optional<DirectPayments> direct;
    private final AitbcSettings settings;
    private final InstantSource clock;
    private final CallScope scope;
    private final AtomicBoolean busy = new AtomicBoolean();

    Reconciler(
            CoordinatorClient client,
            Ledger ledger,
            Settlement settlement,
            Optional<DirectPayments> direct,
            AitbcSettings settings,
            InstantSource clock,
            CallScope scope) {
        this.client = client;
        this.ledger = ledger;
        this.settlement = settlement;
        this.direct = direct;
        this.settings = settings;
        this.clock = clock;
        this.scope = scope;
    }

    /** Never fails; what could not be cleared up is tried again the next time. */
    void run() {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        try {
            List<Entry> due =
                    ledger.open().stream().filter(this::due).limit(MOST_ENTRIES).toList();
            Map<String, Located> located = locate(due);
            for (Entry entry : due) {
                attempt(entry, located);
            }
        } catch (OpenClawException e) {
            log.atWarn().addKeyValue("reason", e.getMessage()).log("aitbc payments not reconciled");
        } finally {
            busy.set(false);
        }
    }

    /** One look at the list of our jobs for all whose id is not known. */
    private Map<String, Located> locate(List<Entry> due) {
        List<Entry> unknown = due.stream()
                .filter(entry -> entry.jobId().isEmpty() && !DirectPayments.owns(entry))
                .toList();
        Optional<Instant> oldest = unknown.stream().map(Entry::reservedAt).min(Comparator.naturalOrder());
        return oldest.isEmpty()
                ? Map.of()
                : client.find(
                        unknown.stream().map(Entry::reference).toList(),
                        oldest.get().minus(SKEW),
                        scope);
    }

    private void attempt(Entry entry, Map<String, Located> located) {
        try {
            clear(entry, located);
        } catch (OpenClawException e) {
            if (e.code() != ErrorCode.PROVIDER_FAILED) {
                throw e;
            }
            log.atWarn()
                    .addKeyValue("reference", entry.reference())
                    .addKeyValue("reason", e.getMessage())
                    .log("aitbc payment not reconciled");
        }
    }

    private boolean due(Entry entry) {
        Duration wait =
                entry.state() == State.UNKNOWN ? GRACE : settings.jobTtl().plus(GRACE);
        return clock.instant().isAfter(entry.updatedAt().plus(wait));
    }

    private void clear(Entry entry, Map<String, Located> located) {
        if (DirectPayments.owns(entry)) {
            direct.orElseThrow(() -> unsure("it was made on a chain, and chain-url is not set any more"))
                    .clear(entry, scope);
            return;
        }
        Optional<String> job =
                entry.jobId().or(() -> found(located.get(entry.reference())).map(this::onlyOne));
        if (job.isEmpty()) {
            ledger.release(entry.reference(), "the job never reached the network");
        } else if (entry.note().equals(Settlement.ACCEPTED)) {
            settlement.accepted(entry.reference(), entry.amount(), job.get(), scope);
        } else {
            settlement.abandoned(entry.reference(), entry.amount(), job.get(), "left behind", scope);
        }
        log.atInfo().addKeyValue("reference", entry.reference()).log("aitbc payment reconciled");
    }

    /**
     * @return empty when the job surely does not exist
     * @throws OpenClawException when that cannot be said
     */
    private static Optional<List<JobView>> found(@Nullable Located located) {
        return switch (located) {
            case Located.Found(var jobs) -> Optional.of(jobs);
            case Located.Absent absent -> Optional.empty();
            case Located.Unsure(String why) -> throw unsure(why);
            case null -> throw unsure("the job was not looked for");
        };
    }

    /** The oldest; the others are copies of a submission that was repeated. */
    private String onlyOne(List<JobView> jobs) {
        jobs.subList(0, jobs.size() - 1).forEach(copy -> client.discard(copy, scope));
        return jobs.getLast().jobId();
    }

    private static OpenClawException unsure(String why) {
        return new OpenClawException(ErrorCode.PROVIDER_FAILED, why);
    }
}
