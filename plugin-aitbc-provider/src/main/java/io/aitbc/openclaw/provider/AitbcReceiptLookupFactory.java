package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.outbox.OutboxHandler;
import io.aitbc.openclaw.api.outbox.OutboxHandlerFactory;
import java.security.SecureRandom;

/** Creates what checks receipts of answers that were accepted without. */
public final class AitbcReceiptLookupFactory implements OutboxHandlerFactory {
    @Override
    public OutboxHandler create(PluginContext context) {
        AitbcSettings settings = AitbcSettings.of(context.config());
        return new ReceiptLookup(
                Services.of(context, settings, new SecureRandom()).coordinator().coordinator(),
                new ReceiptCheck(context.extensions(), settings.trustedReceiptKeys()),
                Ledgers.open(context, settings),
                context.clock());
    }
}
