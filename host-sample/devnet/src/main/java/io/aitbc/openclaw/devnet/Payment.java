package io.aitbc.openclaw.devnet;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The payment of a job. Guarded by the lock of the {@link Coordinator}. */
final class Payment {
    enum Status {
        PENDING,
        ESCROWED,
        RELEASED,
        REFUNDED;

        String wireName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    final String id;
    final String jobId;
    final String client;

    /** Eight decimals, as the real database keeps it. */
    final BigDecimal amount;

    final String currency;
    final Instant createdAt;

    Status status = Status.PENDING;
    Instant updatedAt;
    Optional<Escrow> escrow = Optional.empty();
    Optional<Instant> releasedAt = Optional.empty();
    Optional<Instant> refundedAt = Optional.empty();
    Optional<String> transaction = Optional.empty();
    Optional<String> refundTransaction = Optional.empty();

    Payment(String id, String jobId, String client, BigDecimal amount, String currency, Instant createdAt) {
        this.id = id;
        this.jobId = jobId;
        this.client = client;
        this.amount = amount;
        this.currency = currency;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
    }

    ObjectNode view() {
        return Json.object()
                .put("job_id", jobId)
                .put("payment_id", id)
                .put("amount", amount.toPlainString())
                .put("currency", currency)
                .put("status", status.wireName())
                .put("payment_method", "aitbc_token")
                .put("escrow_address", escrow.map(held -> held.contractId).orElse(null))
                .putNull("refund_address")
                .put("created_at", TimeText.zulu(createdAt))
                .put("updated_at", TimeText.zulu(updatedAt))
                .put("released_at", releasedAt.map(TimeText::zulu).orElse(null))
                .put("refunded_at", refundedAt.map(TimeText::zulu).orElse(null))
                .put("transaction_hash", transaction.orElse(null))
                .put("refund_transaction_hash", refundTransaction.orElse(null));
    }

    ObjectNode receipt() {
        return Json.object()
                .put("payment_id", id)
                .put("job_id", jobId)
                .put("amount", amount.toPlainString())
                .put("currency", currency)
                .put("status", status.wireName())
                .put("transaction_hash", transaction.orElse(null))
                .put("created_at", TimeText.zulu(createdAt))
                .put("verified_at", releasedAt.map(TimeText::zulu).orElse(null));
    }
}
