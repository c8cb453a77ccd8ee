package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.network.ComputeNetwork;
import io.aitbc.openclaw.api.network.ComputeNetworkFactory;
import java.security.SecureRandom;

/** Creates the network {@code aitbc}. */
public final class AitbcComputeNetworkFactory implements ComputeNetworkFactory {
    @Override
    public ComputeNetwork create(PluginContext context) {
        return new AitbcComputeNetwork(context, AitbcSettings.of(context.config()), new SecureRandom());
    }
}
