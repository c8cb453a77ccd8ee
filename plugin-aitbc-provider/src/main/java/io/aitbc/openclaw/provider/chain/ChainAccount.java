package io.aitbc.openclaw.provider.chain;

import io.aitbc.openclaw.provider.coordinator.Json;
import java.math.BigInteger;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An account as the node remembers it: balance and nonce may be 30 seconds old.
 *
 * @param balance base units
 */
public record ChainAccount(ChainAddress address, BigInteger balance, long nonce, Optional<String> chainId) {
    static ChainAccount parse(String source, JsonNode node) {
        return new ChainAccount(
                Json.text(node, "address")
                        .flatMap(ChainAddress::parse)
                        .orElseThrow(() -> Json.malformed(source, "it has no usable address")),
                Units.of(node, "balance").orElseThrow(() -> Json.malformed(source, "it has no usable balance")),
                Json.integer(node, "nonce")
                        .filter(nonce -> nonce >= 0)
                        .orElseThrow(() -> Json.malformed(source, "it has no usable nonce")),
                Json.line(node, "chain_id"));
    }
}
