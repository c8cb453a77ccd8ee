package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.provider.coordinator.Json;
import java.math.BigInteger;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether a transaction is the payment it is said to be.
 *
 * @param reference of the payment in the ledger
 * @param transaction as the coordinator names it
 * @param payee address it has to arrive at, if it is known
 * @param units that were in escrow
 * @param since when it was first asked
 */
record PaymentQuestion(String reference, String transaction, Optional<String> payee, BigInteger units, Instant since) {
    static boolean usable(String transaction) {
        return transaction.matches("(0[xX])?[0-9a-fA-F]{16,128}");
    }

    /** One spelling of it, to tell whether it is the same as another. */
    String canonicalTransaction() {
        String lower = transaction.toLowerCase(Locale.ROOT);
        return lower.startsWith("0x") ? lower : "0x" + lower;
    }

    String json() {
        ObjectNode node = Json.MAPPER
                .createObjectNode()
                .put("reference", reference)
                .put("transaction", transaction)
                .put("units", units.toString())
                .put("since", since.toString());
        payee.ifPresent(address -> node.put("payee", address));
        return Json.MAPPER.writeValueAsString(node);
    }

    /** @return empty when the text is no question of ours */
    static Optional<PaymentQuestion> parse(String json) {
        return Json.read(json).flatMap(PaymentQuestion::of);
    }

    private static Optional<PaymentQuestion> of(JsonNode node) {
        Optional<String> reference = Json.text(node, "reference");
        Optional<String> transaction = Json.text(node, "transaction").filter(PaymentQuestion::usable);
        Optional<String> units = Json.text(node, "units").filter(text -> text.matches("\\d{1,40}"));
        Optional<Instant> since = Json.text(node, "since").flatMap(PaymentQuestion::instant);
        if (reference.isEmpty() || transaction.isEmpty() || units.isEmpty() || since.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PaymentQuestion(
                reference.get(),
                transaction.get(),
                Json.text(node, "payee"),
                new BigInteger(units.get()),
                since.get()));
    }

    static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
