package io.aitbc.openclaw.api.outbox;

import io.aitbc.openclaw.api.Extension;
import io.aitbc.openclaw.api.OutboxMessage;

/** Delivers the messages of one topic, which is its {@link #id()}. */
public interface OutboxHandler extends Extension {
    /**
     * Delivers a message, which may have arrived before: the host writes down that it begins before it calls, and may die
     * before it has written down how it went. Where the other side does not refuse repetitions by itself, look there first when
     * {@link OutboxMessage#attempts()} is greater than zero.
     *
     * <p>Called for one message of a lane at a time. Whatever is thrown counts as {@link Delivery.Later}.
     */
    Delivery deliver(OutboxMessage message);
}
