package io.aitbc.openclaw.contract;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.Outbox;
import io.aitbc.openclaw.api.OutboxMessage;
import io.aitbc.openclaw.api.OutboxMessage.State;
import io.aitbc.openclaw.api.outbox.Delivery;
import io.aitbc.openclaw.api.outbox.OutboxHandler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An outbox in memory, for a plugin under test: delivers when it is told to. */
public final class TestingOutbox implements Outbox {
    private final List<OutboxMessage> messages = new ArrayList<>();

    @Override
    public synchronized OutboxMessage add(String topic, String lane, String key, String payload) {
        Outbox.requireValid(topic, lane, key, payload);
        Optional<OutboxMessage> known = find(topic, key);
        if (known.isPresent()) {
            if (known.get().lane().equals(lane) && known.get().payload().equals(payload)) {
                return known.get();
            }
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST, "The outbox holds another message %s/%s".formatted(topic, key));
        }
        OutboxMessage message =
                new OutboxMessage(messages.size() + 1, topic, lane, key, payload, State.WAITING, 0, Instant.EPOCH, "");
        messages.add(message);
        return message;
    }

    @Override
    public synchronized Optional<OutboxMessage> find(String topic, String key) {
        return messages.stream()
                .filter(message ->
                        message.topic().equals(topic) && message.key().equals(key))
                .findFirst();
    }

    public synchronized List<OutboxMessage> all() {
        return List.copyOf(messages);
    }

    /** Offers each waiting message of the handler's topic once, in order; a lane ends where a message stays. */
    public void deliver(OutboxHandler handler) {
        Set<String> stopped = new HashSet<>();
        for (OutboxMessage message : all()) {
            if (!message.topic().equals(handler.id()) || stopped.contains(message.lane())) {
                continue;
            }
            if (message.state() == State.WAITING) {
                settle(message, attempt(handler, message));
            }
            if (stays(message)) {
                stopped.add(message.lane());
            }
        }
    }

    private static Delivery attempt(OutboxHandler handler, OutboxMessage message) {
        try {
            return handler.deliver(message);
        } catch (RuntimeException e) {
            return new Delivery.Later(String.valueOf(e.getMessage()), Optional.empty());
        }
    }

    private boolean stays(OutboxMessage message) {
        State state = find(message.topic(), message.key()).orElseThrow().state();
        return state == State.WAITING || state == State.CONFLICT;
    }

    private synchronized void settle(OutboxMessage message, Delivery delivery) {
        OutboxMessage settled = switch (delivery) {
            case Delivery.Delivered it -> with(message, State.DELIVERED, it.note());
            case Delivery.Later it -> with(message, State.WAITING, it.reason());
            case Delivery.Conflict it -> with(message, State.CONFLICT, it.reason());
        };
        messages.set((int) message.sequence() - 1, settled);
    }

    private static OutboxMessage with(OutboxMessage message, State state, String note) {
        return new OutboxMessage(
                message.sequence(),
                message.topic(),
                message.lane(),
                message.key(),
                message.payload(),
                state,
                message.attempts() + 1,
                message.addedAt(),
                note);
    }
}
