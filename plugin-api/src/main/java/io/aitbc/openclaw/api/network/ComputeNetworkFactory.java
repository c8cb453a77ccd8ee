package io.aitbc.openclaw.api.network;

import io.aitbc.openclaw.api.ExtensionFactory;

/** Service a plugin provides to contribute a {@link ComputeNetwork}. */
public interface ComputeNetworkFactory extends ExtensionFactory<ComputeNetwork> {}
