package io.aitbc.openclaw.host.outbox;

import java.time.Duration;

/**
 * Limits and pace of an outbox.
 *
 * @param mostMessages how many may wait, those in conflict included
 * @param mostBytes how many bytes of payload may wait, as UTF-8
 * @param deliveriesAtOnce of one topic
 * @param firstPause after the first attempt that failed; doubles with each
 * @param longestPause between two attempts
 * @param deliveryLimit how long a delivery may take before it is interrupted
 * @param retention how long delivered and discarded messages are kept
 */
public record OutboxOptions(
        int mostMessages,
        long mostBytes,
        int deliveriesAtOnce,
        Duration firstPause,
        Duration longestPause,
        Duration deliveryLimit,
        Duration retention) {
    public OutboxOptions {
        if (mostMessages < 1 || mostBytes < 1 || deliveriesAtOnce < 1 || !firstPause.isPositive()) {
            throw new IllegalArgumentException("Limits and pauses of an outbox are positive");
        }
    }

    public static OutboxOptions defaults() {
        return new OutboxOptions(
                100_000,
                256L << 20,
                16,
                Duration.ofSeconds(1),
                Duration.ofMinutes(5),
                Duration.ofMinutes(2),
                Duration.ofDays(30));
    }

    /** Other limits of what may wait. */
    public OutboxOptions withRoom(int messages, long bytes) {
        return new OutboxOptions(messages, bytes, deliveriesAtOnce, firstPause, longestPause, deliveryLimit, retention);
    }

    /** Other pauses between attempts. */
    public OutboxOptions withPauses(Duration first, Duration longest) {
        return new OutboxOptions(mostMessages, mostBytes, deliveriesAtOnce, first, longest, deliveryLimit, retention);
    }

    public OutboxOptions withDeliveryLimit(Duration limit) {
        return new OutboxOptions(mostMessages, mostBytes, deliveriesAtOnce, firstPause, longestPause, limit, retention);
    }

    public OutboxOptions withDeliveriesAtOnce(int deliveries) {
        return new OutboxOptions(
                mostMessages, mostBytes, deliveries, firstPause, longestPause, deliveryLimit, retention);
    }
}
