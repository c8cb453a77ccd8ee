package io.aitbc.openclaw.api.proof;

import io.aitbc.openclaw.api.ExtensionFactory;

/** Service a plugin provides to contribute {@link WorkReceipts}. */
public interface WorkReceiptsFactory extends ExtensionFactory<WorkReceipts> {}
