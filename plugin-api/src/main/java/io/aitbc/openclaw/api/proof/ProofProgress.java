package io.aitbc.openclaw.api.proof;

/**
 * How far a proof is.
 *
 * @param percent of the work that is done, by estimate, from 0 to 100; it never falls
 */
public record ProofProgress(State state, int percent) {
    /** What happens to it, in this order; it can end early in one of the last two. */
    public enum State {
        QUEUED,
        /** The witness is read or computed. */
        WITNESS,
        PROVING,
        /** The proof is there, and is being checked. */
        CHECKING,
        DONE,
        FAILED,
        CANCELED;

        /** Whether nothing more will happen. */
        public boolean isEnd() {
            return this == DONE || this == FAILED || this == CANCELED;
        }
    }

    public ProofProgress {
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException("percent must be from 0 to 100, not " + percent);
        }
    }
}
