package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.provider.coordinator.Ids;
import io.aitbc.openclaw.provider.coordinator.Json;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether a receipt bears out an answer that was accepted without one, or with one nobody could check.
 *
 * @param receipt the answer was accepted with
 * @param since when it was first asked
 */
record ReceiptQuestion(Claim claim, Optional<String> receipt, Instant since) {
    String json() {
        ObjectNode node = Json.MAPPER.createObjectNode();
        claim.write(node);
        receipt.ifPresent(id -> node.put("receipt", id));
        return Json.MAPPER.writeValueAsString(node.put("since", since.toString()));
    }

    /** @return empty when the text is no question of ours */
    static Optional<ReceiptQuestion> parse(String json) {
        return Json.read(json).flatMap(ReceiptQuestion::of);
    }

    private static Optional<ReceiptQuestion> of(JsonNode node) {
        Optional<Instant> since = Json.text(node, "since").flatMap(PaymentQuestion::instant);
        return Claim.parse(node)
                .filter(claim -> Ids.valid(claim.job()))
                .flatMap(claim -> since.map(at -> new ReceiptQuestion(claim, Json.text(node, "receipt"), at)));
    }
}
