package io.aitbc.openclaw.provider.chain;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.provider.coordinator.Json;
import io.aitbc.openclaw.provider.coordinator.Wallet;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Coins that go from one account to another.
 *
 * @param amount base units, 3600 to 1 AIT
 * @param fee base units
 * @param nonce the sender's: one more with each of its transfers
 * @param payload more that is signed and published, such as a memo
 * @param chainId keeps the signature from being used on another chain
 */
public record Transfer(
        ChainAddress from,
        ChainAddress to,
        long amount,
        long fee,
        long nonce,
        Map<String, String> payload,
        String chainId) {
    /** What the network takes when nothing else is said: 0.01 AIT. */
    public static final long DEFAULT_FEE = 36;

    /** @throws OpenClawException with INVALID_REQUEST for a number below zero or a payload with an amount of its own */
    public Transfer {
        if (amount < 0 || fee < 0 || nonce < 0 || payload.containsKey("amount")) {
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST,
                    "A transfer has an amount, a fee and a nonce of at least 0, and no amount in its payload");
        }
        payload = Map.copyOf(payload);
    }

    Transfer withNonce(long other) {
        return new Transfer(from, to, amount, fee, other, payload, chainId);
    }

    String signedText() {
        return SignedText.of(body());
    }

    /** @param wallet of the sender */
    String signed(Wallet wallet) {
        if (!wallet.address().equals(from.text())) {
            throw new OpenClawException(ErrorCode.INVALID_REQUEST, "A transfer is signed by its sender: " + from);
        }
        return Json.MAPPER.writeValueAsString(body().put("signature", wallet.signTransaction(signedText())));
    }

    private ObjectNode body() {
        ObjectNode body = Json.MAPPER
                .createObjectNode()
                .put("from", from.text())
                .put("to", to.text())
                .put("amount", amount)
                .put("fee", fee)
                .put("nonce", nonce)
                .put("type", "TRANSFER")
                .put("chain_id", chainId);
        // The node puts the amount in here before it checks the signature; without it the signature is never right.
        ObjectNode signed = body.putObject("payload").put("amount", amount);
        new TreeMap<>(payload).forEach(signed::put);
        return body;
    }
}
