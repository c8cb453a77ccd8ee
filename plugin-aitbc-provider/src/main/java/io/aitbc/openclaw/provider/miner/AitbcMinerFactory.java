package io.aitbc.openclaw.provider.miner;

import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.service.BackgroundService;
import io.aitbc.openclaw.api.service.BackgroundServiceFactory;
import io.aitbc.openclaw.provider.AitbcSettings;
import io.aitbc.openclaw.provider.Services;
import io.aitbc.openclaw.provider.coordinator.Wallet;
import java.security.SecureRandom;

/** Creates the miner. */
public final class AitbcMinerFactory implements BackgroundServiceFactory {
    @Override
    public BackgroundService create(PluginContext context) {
        AitbcSettings network = AitbcSettings.of(context.config());
        SecureRandom random = new SecureRandom();
        MinerService.Place place = new MinerService.Place(
                Services.of(context, network, random).coordinator(),
                () -> network.wallet().map(Wallet::address));
        return new MinerService(context, place, MinerSettings.of(context.config()), random);
    }
}
