package io.aitbc.openclaw.host.outbox;

import io.aitbc.openclaw.api.OutboxMessage.State;
import java.time.Duration;

/**
 * What an attempt came to.
 *
 * @param state the message's from now on
 * @param pause until the next attempt, when it still waits
 * @param asked whether the other side asked for the pause
 * @param repeated whether earlier attempts had failed
 */
record Outcome(long sequence, State state, String note, Duration pause, boolean asked, boolean repeated) {
    boolean leaves() {
        return state == State.DELIVERED || state == State.DISCARDED;
    }
}
