module test.provider {
    requires io.aitbc.openclaw.api;

    provides io.aitbc.openclaw.api.inference.InferenceProviderFactory with test.provider.TestProviderFactory;
}
