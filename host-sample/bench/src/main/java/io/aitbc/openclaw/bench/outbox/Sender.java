package io.aitbc.openclaw.bench.outbox;

import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.OutboxMessage;
import io.aitbc.openclaw.api.outbox.Delivery;
import io.aitbc.openclaw.api.outbox.OutboxHandler;
import java.io.IOException;
import java.util.Optional;

/** Delivers operations to a receiver that would take them twice: where an earlier attempt may have arrived, it looks first. */
final class Sender implements OutboxHandler {
    static final String TOPIC = "bench";

    private final ReceiverClient client;

    Sender(ReceiverClient client) {
        this.client = client;
    }

    @Override
    public String id() {
        return TOPIC;
    }

    @Override
    public Delivery deliver(OutboxMessage message) {
        try {
            if (message.attempts() > 0 && client.look(message.key(), message.attempts())) {
                return new Delivery.Delivered("by an earlier attempt");
            }
            client.take(message.key(), message.attempts(), message.payload());
            return new Delivery.Delivered("");
        } catch (IOException e) {
            return new Delivery.Later(FailureReason.of(e), Optional.empty());
        }
    }
}
