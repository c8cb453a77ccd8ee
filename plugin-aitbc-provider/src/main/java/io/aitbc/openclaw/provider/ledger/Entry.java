package io.aitbc.openclaw.provider.ledger;

import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.network.PaymentRecord;
import io.aitbc.openclaw.api.network.PaymentRecord.State;
import java.time.Instant;
import java.util.Optional;

/**
 * The money of one job.
 *
 * @param reservedAt decides which day's cap it counts against, however long it takes
 */
public record Entry(
        String reference,
        State state,
        TokenAmount amount,
        Instant reservedAt,
        Instant updatedAt,
        Optional<String> jobId,
        String note) {

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
                && note.equals(other.note);
    }

    PaymentRecord toRecord() {
        return new PaymentRecord(reference, jobId, amount, state, updatedAt, note);
    }
}
