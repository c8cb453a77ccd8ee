package io.aitbc.openclaw.devnet;

enum JobState {
    QUEUED,
    RUNNING,
    COMPLETED,
    FAILED,
    CANCELED,
    EXPIRED;

    /** Not that the real network keeps to it: a result may come later all the same. */
    boolean open() {
        return this == QUEUED || this == RUNNING;
    }
}
