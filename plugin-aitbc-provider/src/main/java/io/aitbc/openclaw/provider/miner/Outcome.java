package io.aitbc.openclaw.provider.miner;

import java.time.Duration;

/** How a job ended. */
sealed interface Outcome {
    /**
     * Computed.
     *
     * @param model as the job named it
     * @param cut whether the answer was ended by the limit on its length
     */
    record Completed(String output, String model, int tokens, boolean gpu, boolean cut, Duration took)
            implements Outcome {
        /** Answers of strangers stay out of logs. */
        @Override
        public String toString() {
            return "Completed[" + tokens + " tokens]";
        }
    }

    /** @param reason one line, for the network: nothing of the host is in it */
    record Failed(FailureCode code, String reason, Duration took) implements Outcome {}

    /** Nobody wants it any more. */
    record Dropped(Duration took) implements Outcome {}

    Duration took();
}
