package io.aitbc.openclaw.api.outbox;

import io.aitbc.openclaw.api.ExtensionFactory;

/** Service a plugin provides to contribute an {@link OutboxHandler}. */
public interface OutboxHandlerFactory extends ExtensionFactory<OutboxHandler> {}
