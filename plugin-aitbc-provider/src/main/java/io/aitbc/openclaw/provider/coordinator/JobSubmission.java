package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.TokenAmount;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A job to submit.
 *
 * @param reference ours, unique; travels in the payload, because the network has no idempotency key
 * @param model name at the miner
 * @param timeToLive the coordinator gives up after it; whole seconds, at least one
 * @param payment what is put in escrow; empty for a job that is not paid
 * @param named the price that a miner is told, because it is asked to sign it
 */
public record JobSubmission(
        String reference,
        String model,
        String prompt,
        Duration timeToLive,
        Optional<Payment> payment,
        Optional<TokenAmount> named) {
    static final String REFERENCE = "client_reference";

    /** Member of a payload: base units in decimal digits, a text. */
    public static final String PRICE = "client_price_units";

    /**
     * Money for the miner.
     *
     * @param amount AIT; the network accepts 0.01 to 1,000,000
     * @param buyer our address
     * @param provider address that gets it
     */
    public record Payment(BigDecimal amount, String buyer, String provider) {}

    /** The prompt stays out of logs. */
    @Override
    public String toString() {
        return "JobSubmission[%s %s]".formatted(reference, model);
    }

    String json() {
        ObjectNode body = Json.MAPPER.createObjectNode();
        // The production miner reads these three and nothing else; any other type fails there.
        ObjectNode payload = body.putObject("payload");
        payload.put("type", "inference").put("model", model).put("prompt", prompt);
        payload.put(REFERENCE, reference);
        named.ifPresent(price -> payload.put(PRICE, price.units().toString()));
        body.putObject("constraints").putArray("models").add(model);
        body.put("ttl_seconds", Math.max(1, timeToLive.toSeconds()));
        payment.ifPresent(money -> body.put("payment_amount", money.amount())
                // "AIT" is rejected by the coordinator: the payment is then skipped in silence.
                .put("payment_currency", "AITBC")
                .put("buyer_address", money.buyer())
                .put("provider_address", money.provider()));
        return Json.MAPPER.writeValueAsString(body);
    }
}
