package io.aitbc.openclaw.provider.coordinator;

/** State of a job, in the coordinator's words. */
public enum JobState {
    QUEUED,
    RUNNING,
    COMPLETED,
    FAILED,
    CANCELED,
    EXPIRED;

    /** Whether the coordinator will do no more about it. A late result of a miner may change it all the same. */
    public boolean terminal() {
        return this != QUEUED && this != RUNNING;
    }
}
