package io.aitbc.openclaw.api.inference;

import io.aitbc.openclaw.api.ExtensionFactory;

/** Service a plugin provides to contribute an {@link InferenceRouter}. */
public interface InferenceRouterFactory extends ExtensionFactory<InferenceRouter> {}
