package io.aitbc.openclaw.api.service;

import io.aitbc.openclaw.api.ExtensionFactory;

/** Service a plugin provides to contribute a {@link BackgroundService}. */
public interface BackgroundServiceFactory extends ExtensionFactory<BackgroundService> {}
