package io.aitbc.openclaw.devnet;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Escrow of payments, with the manners of the real coordinator: what cannot be paid still runs, what is canceled stays in
 * escrow until the client asks for it, and the job keeps its old word about it.
 */
final class Payments {
    private static final Set<String> CURRENCIES = Set.of("AITBC", "BTC", "ETH", "USDT");
    private static final BigDecimal LEAST = new BigDecimal("0.01");
    private static final BigDecimal MOST = new BigDecimal("1000000");

    private final Identifiers identifiers;
    private final InstantSource clock;
    private final QuirkBoard quirks;
    private final Chain chain;
    private final Map<String, Payment> payments = new LinkedHashMap<>();

    Payments(Identifiers identifiers, InstantSource clock, QuirkBoard quirks, Chain chain) {
        this.identifiers = identifiers;
        this.clock = clock;
        this.quirks = quirks;
        this.chain = chain;
    }

    /** What the body of a submission offers; zero and less is nothing. */
    static Optional<BigDecimal> amount(ObjectNode body) {
        return Validation.present(body, "payment_amount")
                .map(value -> Validation.number(value, "body.payment_amount"))
                .filter(value -> value.signum() > 0);
    }

    /** Tries to pay for a new job with what the body of its submission says. */
    void open(Job job, Optional<BigDecimal> amount, ObjectNode body) {
        if (amount.isEmpty()) {
            return;
        }
        String currency = Validation.optionalText(body, "payment_currency").orElse("AITBC");
        if (!CURRENCIES.contains(currency)
                || amount.get().compareTo(LEAST) < 0
                || amount.get().compareTo(MOST) > 0
                || quirks.take(Quirk.PAYMENT_SKIPPED)) {
            job.paymentStatus = Optional.of("skipped");
            return;
        }
        Payment payment = new Payment(
                identifiers.hex(16),
                job.id,
                job.client,
                amount.get().setScale(8, RoundingMode.HALF_EVEN),
                currency,
                clock.instant());
        if (!quirks.take(Quirk.PAYMENT_PENDING) && chainReachable()) {
            payment.escrow = escrow(payment, body);
            payment.escrow.ifPresent(escrow -> payment.status = Payment.Status.ESCROWED);
        }
        payment.updatedAt = clock.instant();
        payments.put(payment.id, payment);
        job.payment = Optional.of(payment);
        job.paymentStatus = Optional.of(payment.status.wireName());
    }

    private Optional<Escrow> escrow(Payment payment, ObjectNode body) {
        return chain.escrows()
                .create(
                        payment.jobId,
                        Validation.optionalText(body, "buyer_address").orElse(""),
                        Validation.optionalText(body, "provider_address").orElse(""),
                        payment.amount);
    }

    private boolean chainReachable() {
        return !quirks.on(Quirk.CHAIN_DOWN) && !quirks.on(Quirk.CHAIN_503);
    }

    void forget(Payment payment) {
        payments.remove(payment.id);
        payment.escrow.ifPresent(chain.escrows()::forget);
    }

    /** Forgets all of them. */
    void reset() {
        payments.clear();
    }

    /** How many have each status. */
    Map<Payment.Status, Integer> counts() {
        Map<Payment.Status, Integer> counts = new EnumMap<>(Payment.Status.class);
        payments.values().forEach(payment -> counts.merge(payment.status, 1, Integer::sum));
        return counts;
    }

    Optional<Payment> find(String id) {
        return Optional.ofNullable(payments.get(id));
    }

    /** @return false when there is nothing in escrow */
    boolean release(Payment payment) {
        Optional<Escrows.Settled> settled = inEscrow(payment).map(chain.escrows()::release);
        if (settled.filter(Escrows.Settled::done).isEmpty()) {
            return false;
        }
        payment.transaction = settled.flatMap(Escrows.Settled::hash);
        payment.status = Payment.Status.RELEASED;
        payment.updatedAt = clock.instant();
        payment.releasedAt = Optional.of(payment.updatedAt);
        return true;
    }

    /** @return false when there is nothing in escrow */
    boolean refund(Payment payment) {
        Optional<Escrows.Settled> settled = inEscrow(payment).map(chain.escrows()::refund);
        if (settled.filter(Escrows.Settled::done).isEmpty()) {
            return false;
        }
        payment.refundTransaction = settled.flatMap(Escrows.Settled::hash);
        payment.status = Payment.Status.REFUNDED;
        payment.updatedAt = clock.instant();
        payment.refundedAt = Optional.of(payment.updatedAt);
        return true;
    }

    /** The money may be gone although the payment does not know: anyone can settle an escrow at the chain node. */
    private Optional<Escrow> inEscrow(Payment payment) {
        return payment.escrow.filter(escrow -> chainReachable() && payment.status == Payment.Status.ESCROWED);
    }
}
