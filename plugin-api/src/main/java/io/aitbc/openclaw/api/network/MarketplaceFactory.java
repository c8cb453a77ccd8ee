package io.aitbc.openclaw.api.network;

import io.aitbc.openclaw.api.ExtensionFactory;

/** Service a plugin provides to contribute a {@link Marketplace}. */
public interface MarketplaceFactory extends ExtensionFactory<Marketplace> {}
