package io.aitbc.openclaw.provider.miner;

import io.aitbc.openclaw.api.service.ServiceHealth;
import io.aitbc.openclaw.api.service.ServiceHealth.State;
import io.aitbc.openclaw.provider.coordinator.Earnings;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the miner did and how it fares, for people. */
final class Tally {
    private long completed;
    private long failed;
    private long dropped;
    private List<String> models = List.of();
    private Optional<Instant> lastPoll = Optional.empty();
    private Optional<Earnings> earnings = Optional.empty();
    private Optional<String> trouble = Optional.of("not registered yet");
    private Optional<String> rest = Optional.empty();
    private Optional<String> offers = Optional.empty();

    synchronized void ended(Outcome outcome) {
        switch (outcome) {
            case Outcome.Completed _ -> completed++;
            case Outcome.Failed _ -> failed++;
            case Outcome.Dropped _ -> dropped++;
        }
    }

    /** Jobs that ended in this life of the miner. */
    synchronized long ended() {
        return completed + failed + dropped;
    }

    synchronized void polled(Instant now) {
        lastPoll = Optional.of(now);
        well();
    }

    synchronized void well() {
        trouble = Optional.empty();
        rest = Optional.empty();
    }

    /** Takes no jobs for now, as it was told. */
    synchronized void resting(String reason) {
        trouble = Optional.empty();
        rest = Optional.of(reason);
    }

    synchronized void earned(Earnings known) {
        earnings = Optional.of(known);
    }

    synchronized void offering(List<String> names) {
        models = List.copyOf(names);
    }

    /** @param note how the published offers stand */
    synchronized void published(String note) {
        offers = Optional.of(note);
    }

    /** Why no jobs come in. */
    synchronized void trouble(String reason) {
        trouble = Optional.of(reason);
    }

    /**
     * @param running jobs being computed
     * @param receiptKey that receipts are signed with
     */
    synchronized ServiceHealth health(String minerId, int running, String today, Optional<String> receiptKey) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("miner", minerId);
        facts.put("models", models.isEmpty() ? "none" : String.join(", ", models));
        facts.put("jobs-running", Integer.toString(running));
        facts.put("jobs-completed", Long.toString(completed));
        facts.put("jobs-failed", Long.toString(failed));
        facts.put("jobs-canceled", Long.toString(dropped));
        facts.put("today", today);
        facts.put(
                "earned",
                earnings.map(known -> known.paid().toPlainString() + " AIT").orElse("not known yet"));
        earnings.filter(known -> known.pending().signum() > 0)
                .ifPresent(known -> facts.put("pending", known.pending().toPlainString() + " AIT"));
        facts.put("last-poll", lastPoll.map(Instant::toString).orElse("never"));
        offers.ifPresent(note -> facts.put("offers", note));
        receiptKey.ifPresent(key -> facts.put("receipt-key", key));
        String summary = trouble.or(() -> rest)
                .orElse("%d models for the network, %d jobs running".formatted(models.size(), running));
        return new ServiceHealth(trouble.isPresent() ? State.DEGRADED : State.RUNNING, summary, facts);
    }
}
