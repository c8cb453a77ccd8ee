package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.OutboxMessage;
import io.aitbc.openclaw.api.outbox.Delivery;
import io.aitbc.openclaw.api.outbox.OutboxHandler;
import io.aitbc.openclaw.provider.chain.ChainAddress;
import io.aitbc.openclaw.provider.chain.ChainClient;
import io.aitbc.openclaw.provider.chain.ChainHead;
import io.aitbc.openclaw.provider.chain.ChainTransaction;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.ledger.Ledger;
import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Looks payments up on the chain and writes what it finds to the ledger. Asking twice finds the same. A chain that is away
 * can be away for as long as it likes; one that answers has a day to show the transaction.
 */
final class PaymentLookup implements OutboxHandler {
    static final String TOPIC = "aitbc-payment-check";

    /** A transaction that is in no block by then never will be. */
    static final Duration PATIENCE = Duration.ofDays(1);

    /** For a node whose newest block is older than the payment, so that it cannot know it. */
    static final Duration PATIENCE_WITH_OLD_NODE = Duration.ofDays(7);

    /** What the network pays out of an escrow, in thousandths; it keeps the rest. */
    private static final BigInteger LEAST_SHARE = BigInteger.valueOf(975);

    private final Optional<ChainClient> chain;
    private final Ledger ledger;
    private final InstantSource clock;
    private final CallScopes calls = new CallScopes();

    PaymentLookup(Optional<ChainClient> chain, Ledger ledger, InstantSource clock) {
        this.chain = chain;
        this.ledger = ledger;
        this.clock = clock;
    }

    @Override
    public String id() {
        return TOPIC;
    }

    @Override
    public Delivery deliver(OutboxMessage message) {
        Optional<PaymentQuestion> question = PaymentQuestion.parse(message.payload());
        if (question.isEmpty()) {
            return new Delivery.Conflict("the message is no question about a payment");
        }
        if (chain.isEmpty()) {
            return found(question.get(), "not looked up on the chain: chain-url is not set any more");
        }
        try {
            return calls.run(scope -> look(question.get(), chain.get(), scope));
        } catch (OpenClawException e) {
            return new Delivery.Later("the chain was not asked: " + e.getMessage(), Optional.empty());
        }
    }

    private Delivery look(PaymentQuestion question, ChainClient node, CallScope scope) {
        Optional<ChainTransaction> transaction = node.transaction(question.transaction(), scope);
        Optional<Long> height = transaction.flatMap(ChainTransaction::height);
        if (height.isPresent()) {
            return judge(question, transaction.get(), height.get());
        }
        Duration age = Duration.between(question.since(), clock.instant());
        boolean old = node.head(scope)
                .flatMap(ChainHead::at)
                .filter(newest -> newest.isBefore(question.since()))
                .isPresent();
        if (age.compareTo(old ? PATIENCE_WITH_OLD_NODE : PATIENCE) < 0) {
            return new Delivery.Later(
                    old
                            ? "the transaction is in no block; the node's newest block is older than the payment"
                            : "the transaction is in no block yet",
                    Optional.empty());
        }
        return found(question, "unsettled: the chain does not know the transaction " + question.transaction());
    }

    private Delivery judge(PaymentQuestion question, ChainTransaction transaction, long height) {
        Optional<String> contradiction = contradiction(question, transaction);
        if (contradiction.isPresent()) {
            return found(question, "unsettled: " + contradiction.get());
        }
        String verdict = "paid on the chain in block " + height;
        if (ledger.paidBy(question.reference(), question.canonicalTransaction(), verdict)) {
            return new Delivery.Delivered(verdict);
        }
        return found(question, "unsettled: the transaction was named for another payment before");
    }

    private static Optional<String> contradiction(PaymentQuestion question, ChainTransaction transaction) {
        Optional<ChainAddress> payee = question.payee().flatMap(ChainAddress::parse);
        if (payee.isEmpty()) {
            return Optional.of("nobody noted whom the payment is for");
        }
        if (!transaction.recipient().equals(payee)) {
            return Optional.of("the transaction pays %s, not %s"
                    .formatted(
                            transaction.recipient().map(ChainAddress::text).orElse("nobody"),
                            payee.get().text()));
        }
        BigInteger least = question.units().multiply(LEAST_SHARE).divide(BigInteger.valueOf(1000));
        boolean right = transaction
                .value()
                .filter(value -> value.compareTo(least) >= 0 && value.compareTo(question.units()) <= 0)
                .isPresent();
        return right
                ? Optional.empty()
                : Optional.of("the transaction pays %s base units, not %s to %s"
                        .formatted(
                                transaction.value().map(BigInteger::toString).orElse("no"), least, question.units()));
    }

    /** Nothing is left to do for a payment that the ledger has forgotten. */
    private Delivery found(PaymentQuestion question, String verdict) {
        boolean written = ledger.paymentChecked(question.reference(), verdict);
        return new Delivery.Delivered(written ? verdict : verdict + "; the ledger does not keep this payment any more");
    }

    @Override
    public void close() {
        calls.close();
    }
}
