package io.aitbc.openclaw.provider.ledger;

import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.network.PaymentRecord;
import io.aitbc.openclaw.api.network.PaymentRecord.State;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The money of one job.
 *
 * @param reservedAt decides which day's cap it counts against, however long it takes
 * @param acceptance what its answer was accepted with, once it was
 * @param trail what else is known of it
 */
public record Entry(
        String reference,
        State state,
        TokenAmount amount,
        Instant reservedAt,
        Instant updatedAt,
        Optional<String> jobId,
        String note,
        Optional<Acceptance> acceptance,
        Trail trail)
        implements JournalLine {

    Entry with(Acceptance first, Instant at) {
        return new Entry(reference, state, amount, reservedAt, at, jobId, note, Optional.of(first), trail);
    }

    Entry with(String job, Instant at) {
        return new Entry(reference, state, amount, reservedAt, at, Optional.of(job), note, acceptance, trail);
    }

    Entry with(State next, TokenAmount paid, String why, Instant at) {
        return new Entry(reference, next, paid, reservedAt, at, jobId, why, acceptance, trail);
    }

    /** What is found out later does not make a payment a newer one. */
    Entry with(Trail more) {
        return new Entry(reference, state, amount, reservedAt, updatedAt, jobId, note, acceptance, more);
    }

    /** Whether the money is set aside or gone. */
    boolean counts() {
        return state != State.RELEASED;
    }

    /** Whether nothing can change it any more. */
    boolean closed() {
        return state == State.SETTLED || state == State.RELEASED;
    }

    /** Whether only the time of the change differs. */
    boolean sameAs(Entry other) {
        return state == other.state
                && amount.equals(other.amount)
                && jobId.equals(other.jobId)
                && note.equals(other.note)
                && acceptance.equals(other.acceptance)
                && trail.equals(other.trail);
    }

    PaymentRecord toRecord() {
        String notes = Stream.concat(Stream.of(note), trail.verdicts().stream())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        return new PaymentRecord(reference, jobId, amount, state, updatedAt, notes);
    }
}
