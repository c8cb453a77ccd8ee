package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceProviderFactory;
import java.security.SecureRandom;
import java.util.Optional;

/** Creates the provider {@code aitbc}. */
public final class AitbcInferenceProviderFactory implements InferenceProviderFactory {
    @Override
    public InferenceProvider create(PluginContext context) {
        AitbcSettings settings = AitbcSettings.of(context.config());
        return new AitbcInferenceProvider(
                context, settings, Ledgers.open(context, settings), Optional.empty(), new SecureRandom());
    }
}
