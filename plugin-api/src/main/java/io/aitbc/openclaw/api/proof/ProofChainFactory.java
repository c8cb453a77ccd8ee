package io.aitbc.openclaw.api.proof;

import io.aitbc.openclaw.api.ExtensionFactory;

/** Service a plugin provides to contribute a {@link ProofChain}. */
public interface ProofChainFactory extends ExtensionFactory<ProofChain> {}
