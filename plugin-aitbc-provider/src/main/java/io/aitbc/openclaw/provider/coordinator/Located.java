package io.aitbc.openclaw.provider.coordinator;

import java.util.List;

/** What looking for a job by our reference found out. */
public sealed interface Located {
    /** @param jobs newest first; more than one only if a submission that was repeated arrived twice */
    record Found(List<JobView> jobs) implements Located {
        public Found {
            jobs = List.copyOf(jobs);
        }
    }

    /** There was no such job when the list was read. */
    record Absent() implements Located {}

    /** @param why it cannot be said, one line */
    record Unsure(String why) implements Located {}
}
