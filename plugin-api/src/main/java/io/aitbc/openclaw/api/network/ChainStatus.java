package io.aitbc.openclaw.api.network;

import io.aitbc.openclaw.api.TokenAmount;
import java.time.Instant;
import java.util.Optional;

/**
 * State of the chain behind a network, as its node tells it.
 *
 * @param endpoint base URL of the node
 * @param height of the newest block; 0 while there is none
 * @param at when it was made
 * @param balance what our account may spend; empty without an account
 */
public record ChainStatus(String endpoint, long height, Optional<Instant> at, Optional<TokenAmount> balance) {}
