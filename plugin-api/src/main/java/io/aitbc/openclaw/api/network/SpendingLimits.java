package io.aitbc.openclaw.api.network;

import io.aitbc.openclaw.api.TokenAmount;

/**
 * Hard caps. What is reserved counts as spent until it is released.
 *
 * @param perJob the most one job may cost
 * @param perDay the most all jobs of one UTC day may cost
 */
public record SpendingLimits(TokenAmount perJob, TokenAmount perDay) {}
