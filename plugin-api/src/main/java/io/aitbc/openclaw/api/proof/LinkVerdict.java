package io.aitbc.openclaw.api.proof;

/**
 * What checking one link of a bundle showed.
 *
 * @param link its name, such as {@code receipt}
 * @param reason one line for people
 */
public record LinkVerdict(String link, State state, String reason) {
    /** How a link stands. */
    public enum State {
        HOLDS,
        /** It is there and does not hold, or it is needed and not there. */
        FAILS,
        /** It is not there, and need not be. */
        ABSENT
    }

    public boolean isGood() {
        return state != State.FAILS;
    }
}
