package io.aitbc.openclaw.api.proof;

import io.aitbc.openclaw.api.TokenAmount;

/**
 * A piece of work as both sides know it: who did it, and who asked for it.
 *
 * @param jobId of the network
 * @param prompt as it was sent to whoever did the work
 * @param output as it came back
 * @param price that was agreed on
 */
public record Work(String jobId, String prompt, String output, TokenAmount price) {
    /** Prompts and answers stay out of logs. */
    @Override
    public String toString() {
        return "Work[" + jobId + "]";
    }
}
