package io.aitbc.openclaw.api.inference;

import io.aitbc.openclaw.api.ExtensionFactory;

/** Service a plugin provides to contribute an {@link InferenceProvider}. */
public interface InferenceProviderFactory extends ExtensionFactory<InferenceProvider> {}
