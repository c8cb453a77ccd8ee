package test.worker;

import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.outbox.OutboxHandler;
import io.aitbc.openclaw.api.outbox.OutboxHandlerFactory;

public final class PostmanFactory implements OutboxHandlerFactory {
    @Override
    public OutboxHandler create(PluginContext context) {
        return new Postman(context);
    }
}
