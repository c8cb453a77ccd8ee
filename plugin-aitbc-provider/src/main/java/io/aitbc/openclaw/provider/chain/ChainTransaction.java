package io.aitbc.openclaw.provider.chain;

import io.aitbc.openclaw.provider.coordinator.Json;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A transaction in a block, or one that waits for it.
 *
 * @param height of its block; empty while it waits
 * @param value base units
 */
public record ChainTransaction(
        String hash,
        Optional<Long> height,
        Optional<ChainAddress> sender,
        Optional<ChainAddress> recipient,
        Optional<BigInteger> value,
        Optional<Long> nonce,
        String type,
        Optional<Instant> at) {

    /** @return empty when it has no hash */
    static Optional<ChainTransaction> parse(JsonNode node) {
        return Json.line(node, "tx_hash")
                .or(() -> Json.line(node, "hash"))
                .map(hash -> new ChainTransaction(
                        hash,
                        Json.integer(node, "block_height"),
                        address(node, "sender", "from"),
                        address(node, "recipient", "to"),
                        Units.of(node, "value").or(() -> Units.of(node, "amount")),
                        Json.integer(node, "nonce"),
                        Json.line(node, "type").orElse(""),
                        Json.time(node, "timestamp").or(() -> Json.time(node, "created_at"))));
    }

    private static Optional<ChainAddress> address(JsonNode node, String name, String otherName) {
        return Json.text(node, name).or(() -> Json.text(node, otherName)).flatMap(ChainAddress::parse);
    }

    /** Whether it is this transfer, signed by the same sender with the same nonce. */
    boolean is(Transfer transfer) {
        return sender.equals(Optional.of(transfer.from()))
                && recipient.equals(Optional.of(transfer.to()))
                && nonce.equals(Optional.of(transfer.nonce()))
                && value.equals(Optional.of(BigInteger.valueOf(transfer.amount())));
    }
}
