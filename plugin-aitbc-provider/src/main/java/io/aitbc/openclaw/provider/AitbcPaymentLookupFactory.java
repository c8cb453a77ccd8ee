package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.outbox.OutboxHandler;
import io.aitbc.openclaw.api.outbox.OutboxHandlerFactory;
import java.security.SecureRandom;

/** Creates what looks payments up on the chain. */
public final class AitbcPaymentLookupFactory implements OutboxHandlerFactory {
    @Override
    public OutboxHandler create(PluginContext context) {
        AitbcSettings settings = AitbcSettings.of(context.config());
        return new PaymentLookup(
                Services.of(context, settings, new SecureRandom()).chain(),
                Ledgers.open(context, settings),
                context.clock());
    }
}
