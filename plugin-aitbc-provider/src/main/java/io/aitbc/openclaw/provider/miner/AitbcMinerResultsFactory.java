package io.aitbc.openclaw.provider.miner;

import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.outbox.OutboxHandler;
import io.aitbc.openclaw.api.outbox.OutboxHandlerFactory;
import io.aitbc.openclaw.provider.AitbcSettings;

/** Creates what delivers the miner's results, also those of a miner that is switched off now. */
public final class AitbcMinerResultsFactory implements OutboxHandlerFactory {
    @Override
    public OutboxHandler create(PluginContext context) {
        return new ResultDelivery(
                AitbcSettings.of(context.config()).coordinator(), MinerSettings.key(context.config()), context.clock());
    }
}
