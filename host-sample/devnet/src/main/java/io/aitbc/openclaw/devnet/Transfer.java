package io.aitbc.openclaw.devnet;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A transfer of base units as its sender signed it: secp256k1 over Keccak-256 of canonical JSON, without a prefix.
 *
 * @param signed the signed fields, with the amount the node puts into the payload
 */
record Transfer(ObjectNode signed, String from, String to, long amount, long fee, long nonce) {
    private static final List<String> SIGNED =
            List.of("amount", "chain_id", "fee", "from", "nonce", "payload", "to", "type");

    /** @throws Chain.Refused when the signature is not the sender's or a field makes no sense */
    static Transfer parse(ObjectNode transaction, String chainId) {
        ObjectNode signed = Json.object();
        for (String name : SIGNED) {
            signed.set(name, transaction.path(name).isMissingNode() ? signed.nullNode() : transaction.path(name));
        }
        ObjectNode payload = transaction.path("payload") instanceof ObjectNode given ? given.deepCopy() : Json.object();
        // The node does this before it checks the signature: clients have to sign the amount in the payload too.
        payload.set("amount", transaction.path("amount"));
        signed.set("payload", payload);
        String from = Json.text(transaction, "from").map(Wallets::lowerCase).orElse("");
        byte[] text = CanonicalJson.text(signed).getBytes(StandardCharsets.UTF_8);
        String signature = Json.text(transaction, "signature").orElse("");
        if (Wallets.signerOf(Wallets.keccak256(text), signature)
                .filter(from::equals)
                .isEmpty()) {
            throw new Chain.Refused("403: Invalid transaction signature");
        }
        if (Json.text(transaction, "chain_id").filter(chainId::equals).isEmpty()) {
            throw new Chain.Refused("wrong chain_id, this is '" + chainId + "'");
        }
        return of(signed);
    }

    static Transfer of(ObjectNode signed) {
        String to = Json.text(signed, "to").map(Wallets::lowerCase).orElse("");
        if (!Wallets.isAddress(to)) {
            throw new Chain.Refused("invalid recipient");
        }
        return new Transfer(
                signed,
                Json.text(signed, "from").map(Wallets::lowerCase).orElse(""),
                to,
                units(signed, "amount"),
                units(signed, "fee"),
                units(signed, "nonce"));
    }

    private static long units(ObjectNode signed, String name) {
        if (!signed.path(name).canConvertToLong() || !signed.path(name).isIntegralNumber()) {
            throw new Chain.Refused(name + " must be an integer");
        }
        long value = signed.path(name).longValue();
        if (value < 0 || value > Long.MAX_VALUE / 4) {
            throw new Chain.Refused(name + " is out of range");
        }
        return value;
    }

    String hash() {
        byte[] text = CanonicalJson.text(signed).getBytes(StandardCharsets.UTF_8);
        return "0x" + HexFormat.of().formatHex(Wallets.keccak256(text));
    }
}
