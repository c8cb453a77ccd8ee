package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceProviderFactory;
import io.aitbc.openclaw.provider.direct.Escrows;
import java.security.SecureRandom;
import java.util.Optional;

/** Creates the provider {@code aitbc}. */
public final class AitbcInferenceProviderFactory implements InferenceProviderFactory {
    @Override
    public InferenceProvider create(PluginContext context) {
        AitbcSettings settings = AitbcSettings.of(context.config());
        SecureRandom random = new SecureRandom();
        Optional<Escrows> escrows =
                ChainEscrows.of(settings, Services.of(context, settings, random).chain());
        return new AitbcInferenceProvider(context, settings, Ledgers.open(context, settings), escrows, random);
    }
}
