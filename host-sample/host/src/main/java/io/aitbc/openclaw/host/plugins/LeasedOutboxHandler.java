package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.outbox.Delivery;
import io.aitbc.openclaw.api.outbox.OutboxHandler;
import io.aitbc.openclaw.api.outbox.OutboxMessage;

final class LeasedOutboxHandler extends LeasedExtension<OutboxHandler> implements OutboxHandler {
    LeasedOutboxHandler(PluginSlot slot, String id) {
        super(slot, new ExtensionKey<>(OutboxHandler.class, id));
    }

    @Override
    public Delivery deliver(OutboxMessage message) {
        return call("deliver", handler -> handler.deliver(message));
    }
}
