package io.aitbc.openclaw.provider.chain;

import java.util.Optional;

/**
 * Which transactions are wanted.
 *
 * @param type {@code TRANSFER}, …
 * @param limit most rows, 1 to 1000
 */
public record TransactionQuery(Optional<ChainAddress> address, Optional<String> type, int limit) {
    public static TransactionQuery of(ChainAddress address) {
        return new TransactionQuery(Optional.of(address), Optional.empty(), 100);
    }
}
