package io.aitbc.openclaw.api;

import java.time.Instant;

/**
 * A message as the outbox holds it.
 *
 * @param sequence grows with each message of the outbox
 * @param attempts how many deliveries were begun before this one. Greater than zero means that an earlier one may have arrived
 *     although nobody learned of it
 * @param note what the last attempt said; empty before the first
 */
public record OutboxMessage(
        long sequence,
        String topic,
        String lane,
        String key,
        String payload,
        State state,
        int attempts,
        Instant addedAt,
        String note) {
    /** How far it came. */
    public enum State {
        /** To be delivered. */
        WAITING,
        /** Arrived. */
        DELIVERED,
        /** The other side holds something else; it stops its lane until a person decides. */
        CONFLICT,
        /** Given up by a person. */
        DISCARDED
    }

    /** The payload stays out of logs. */
    @Override
    public String toString() {
        return "OutboxMessage[%d %s/%s %s]".formatted(sequence, topic, key, state);
    }
}
