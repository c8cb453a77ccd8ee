package io.aitbc.openclaw.api.proof;

import io.aitbc.openclaw.api.ExtensionFactory;

/** Service a plugin provides to contribute a {@link ProofGenerator}. */
public interface ProofGeneratorFactory extends ExtensionFactory<ProofGenerator> {}
