package io.aitbc.openclaw.provider.coordinator;

import java.time.Duration;
import java.util.Optional;

/** What came of a miner's call. Texts are one line for people. */
public sealed interface MinerReply {
    /** What to tell a person. */
    String text();

    /**
     * The coordinator answered.
     *
     * @param retryAfter of a 429 or 503
     * @param text the coordinator's own words when it refused
     */
    record Answered(int status, String body, Optional<Duration> retryAfter, String text) implements MinerReply {
        public boolean ok() {
            return status >= 200 && status < 300;
        }

        /** A body can hold a stranger's prompt. */
        @Override
        public String toString() {
            return "Answered[" + status + "]";
        }
    }

    /**
     * There is no answer.
     *
     * @param sent whether the coordinator may have acted on the call all the same
     */
    record Silent(boolean sent, String text) implements MinerReply {}

    /** Whether it was answered with a success. */
    default boolean done() {
        return this instanceof Answered answered && answered.ok();
    }
}
