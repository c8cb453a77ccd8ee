package io.aitbc.openclaw.host.outbox;

import java.time.Instant;
import java.util.Optional;

/**
 * How many messages there are.
 *
 * @param waitingBytes of payload that is not delivered, as UTF-8
 * @param oldestWaiting when the oldest message that waits was added
 */
public record OutboxCounts(
        long waiting,
        long conflicts,
        long delivered,
        long discarded,
        long waitingBytes,
        Optional<Instant> oldestWaiting) {
    static final OutboxCounts NONE = new OutboxCounts(0, 0, 0, 0, 0, Optional.empty());
}
