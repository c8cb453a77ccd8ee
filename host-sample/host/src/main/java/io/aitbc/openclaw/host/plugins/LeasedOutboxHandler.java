package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.OutboxMessage;
import io.aitbc.openclaw.api.outbox.Delivery;
import io.aitbc.openclaw.api.outbox.OutboxHandler;

final class LeasedOutboxHandler extends LeasedExtension<OutboxHandler> implements OutboxHandler {
    LeasedOutboxHandler(PluginSlot slot, String id) {
        super(slot, new ExtensionKey<>(OutboxHandler.class, id));
    }

    @Override
    public Delivery deliver(OutboxMessage message) {
        return call("deliver", handler -> handler.deliver(message));
    }
}
