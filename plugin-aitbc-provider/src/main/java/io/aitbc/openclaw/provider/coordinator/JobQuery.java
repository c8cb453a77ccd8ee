package io.aitbc.openclaw.provider.coordinator;

import java.util.Optional;

/**
 * Which of our jobs are wanted.
 *
 * @param limit most rows, at least 1
 * @param type of the payload, as {@code inference}
 */
public record JobQuery(int limit, int offset, Optional<JobState> status, Optional<String> type) {
    public static JobQuery newest(int limit) {
        return page(limit, 0);
    }

    public static JobQuery page(int limit, int offset) {
        return new JobQuery(limit, offset, Optional.empty(), Optional.empty());
    }
}
