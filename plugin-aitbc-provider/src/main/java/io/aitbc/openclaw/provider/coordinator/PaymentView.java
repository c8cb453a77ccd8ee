package io.aitbc.openclaw.provider.coordinator;

import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A payment as the coordinator shows it now.
 *
 * @param amount AIT
 * @param status {@code pending}, {@code escrowed}, {@code released}, {@code refunded}, {@code failed}
 * @param transactionHash of the release; a release without one was not paid on the chain as far as anybody can see. What the
 *     network calls the transaction of a refund is none and is left out
 */
public record PaymentView(
        String paymentId,
        Optional<String> jobId,
        Optional<BigDecimal> amount,
        String status,
        Optional<String> transactionHash) {
    public static final String ESCROWED = "escrowed";
    public static final String RELEASED = "released";
    public static final String REFUNDED = "refunded";

    static PaymentView parse(String source, String json) {
        JsonNode node = Json.tree(source, json);
        String id = Json.text(node, "payment_id")
                .filter(Ids::valid)
                .orElseThrow(() -> Json.malformed(source, "it has no usable payment_id"));
        return new PaymentView(
                id,
                Json.text(node, "job_id").filter(Ids::valid),
                Json.decimal(node, "amount").filter(amount -> amount.signum() >= 0),
                Json.text(node, "status").orElse(""),
                Json.text(node, "transaction_hash").filter(hash -> !hash.isBlank()));
    }
}
