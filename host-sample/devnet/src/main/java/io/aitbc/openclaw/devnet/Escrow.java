package io.aitbc.openclaw.devnet;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** An escrow record of the chain node: nobody's money is locked by it. Guarded by the lock of the {@link Chain}. */
final class Escrow {
    enum State {
        CREATED,
        RELEASED,
        REFUNDED;

        String wireName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private static final BigDecimal WITH_FEE = new BigDecimal("1.025");
    private static final BigDecimal WITHOUT_FEE = new BigDecimal("0.975");

    final String contractId;
    final String jobId;
    final String buyer;
    final String provider;

    /** Eight decimals, until a restart of the node reloads its copy, which has none. */
    BigDecimal amount;

    final Instant createdAt;

    State state = State.CREATED;
    Optional<Instant> settledAt = Optional.empty();
    Optional<String> refundTransaction = Optional.empty();

    Escrow(String contractId, String jobId, String buyer, String provider, BigDecimal amount, Instant createdAt) {
        this.contractId = contractId;
        this.jobId = jobId;
        this.buyer = buyer;
        this.provider = provider;
        this.amount = amount;
        this.createdAt = createdAt;
    }

    /** What the provider gets of it. */
    BigDecimal payout() {
        return amount.multiply(WITHOUT_FEE);
    }

    BigDecimal held() {
        return amount.multiply(WITH_FEE);
    }

    ObjectNode view() {
        boolean released = state == State.RELEASED;
        boolean refunded = state == State.REFUNDED;
        Optional<String> settled = settledAt.map(TimeText::offset);
        return Json.object()
                .put("job_id", jobId)
                .put("contract_id", contractId)
                .put("state", state.wireName())
                .put("buyer", buyer)
                .put("provider", provider)
                .put("amount", held().toPlainString())
                .put("released_amount", released ? payout().toPlainString() : "0")
                .put("refunded_amount", refunded ? held().toPlainString() : "0")
                .put("created_at", TimeText.offset(createdAt))
                .put("released_at", released ? settled.orElse(null) : null)
                .put("refunded_at", refunded ? settled.orElse(null) : null)
                .put("refund_tx_hash", refundTransaction.orElse(null));
    }
}
