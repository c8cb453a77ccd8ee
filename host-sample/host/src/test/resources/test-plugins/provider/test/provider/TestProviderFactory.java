package test.provider;

import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceProviderFactory;

public final class TestProviderFactory implements InferenceProviderFactory {
    @Override
    public InferenceProvider create(PluginContext context) {
        return new TestProvider();
    }
}
