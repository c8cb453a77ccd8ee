package io.aitbc.openclaw.provider.coordinator;

import java.util.Arrays;

/** State of a job, in the coordinator's words. */
public enum JobState {
    QUEUED,
    RUNNING,
    COMPLETED,
    FAILED,
    CANCELED,
    EXPIRED,
    /** A word this version does not know: the job is looked at again. */
    UNKNOWN;

    /** Whether the coordinator will do no more about it. A late result of a miner may change it all the same. */
    public boolean terminal() {
        return this != QUEUED && this != RUNNING && this != UNKNOWN;
    }

    static JobState of(String text) {
        return Arrays.stream(values())
                .filter(state -> state.name().equalsIgnoreCase(text))
                .findFirst()
                .orElse(UNKNOWN);
    }
}
