package io.aitbc.openclaw.provider.miner;

import io.aitbc.openclaw.api.TokenAmount;
import java.util.Optional;

/** A job of a stranger after it was read. */
sealed interface Intake {
    String jobId();

    /**
     * Can be computed.
     *
     * @param model as the job names it
     * @param price that the client says it pays, if it asks for a receipt of it
     */
    record Accepted(String jobId, String model, String prompt, Optional<TokenAmount> price) implements Intake {
        /** Prompts of strangers stay out of logs. */
        @Override
        public String toString() {
            return "Accepted[" + jobId + "]";
        }
    }

    /**
     * Cannot.
     *
     * @param reason one line, for the network
     */
    record Refused(String jobId, FailureCode code, String reason) implements Intake {}
}
