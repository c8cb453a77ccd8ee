package io.aitbc.openclaw.host.proofs;

import java.time.Instant;
import java.util.Optional;

/**
 * Which records of answers are asked for.
 *
 * @param about the job or request they are of
 * @param since when their answers ended at the earliest
 * @param before when they ended at the latest, exclusive
 * @param most how many at most, of the last first
 */
public record RecordQuery(Optional<String> about, Optional<Instant> since, Optional<Instant> before, int most) {
    /** The most records that are listed at a time. */
    public static final int MOST = 1000;

    public RecordQuery {
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException("1 to %d records are listed, not %d".formatted(MOST, most));
        }
    }
}
