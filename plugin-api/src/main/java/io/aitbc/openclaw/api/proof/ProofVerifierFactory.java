package io.aitbc.openclaw.api.proof;

import io.aitbc.openclaw.api.ExtensionFactory;

/** Service a plugin provides to contribute a {@link ProofVerifier}. */
public interface ProofVerifierFactory extends ExtensionFactory<ProofVerifier> {}
