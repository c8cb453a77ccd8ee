package io.aitbc.openclaw.provider.miner;

import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.outbox.OutboxHandler;
import io.aitbc.openclaw.api.outbox.OutboxHandlerFactory;
import io.aitbc.openclaw.provider.AitbcSettings;
import io.aitbc.openclaw.provider.Services;
import java.security.SecureRandom;

/** Creates what delivers the miner's results, also those of a miner that is switched off now. */
public final class AitbcMinerResultsFactory implements OutboxHandlerFactory {
    @Override
    public OutboxHandler create(PluginContext context) {
        Services services = Services.of(context, AitbcSettings.of(context.config()), new SecureRandom());
        return new ResultDelivery(services.coordinator(), MinerSettings.key(context.config()));
    }
}
