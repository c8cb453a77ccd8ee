package io.aitbc.openclaw.devnet;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
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
    private static final Duration STALE_NONCE = Duration.ofSeconds(30);

    private final Identifiers identifiers;
    private final InstantSource clock;
    private final QuirkBoard quirks;
    private final Map<String, Payment> payments = new LinkedHashMap<>();
    private Optional<Instant> lastRelease = Optional.empty();

    Payments(Identifiers identifiers, InstantSource clock, QuirkBoard quirks) {
        this.identifiers = identifiers;
        this.clock = clock;
        this.quirks = quirks;
    }

    /** Tries to pay for a new job with what the body of its submission says. */
    void open(Job job, ObjectNode body) {
        Optional<BigDecimal> amount = Validation.present(body, "payment_amount")
                .map(value -> Validation.number(value, "body.payment_amount"))
                .filter(value -> value.signum() > 0);
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
        boolean addresses = address(body, "buyer_address") && address(body, "provider_address");
        if (addresses && !quirks.take(Quirk.PAYMENT_PENDING)) {
            payment.status = Payment.Status.ESCROWED;
            payment.escrow = Optional.of(identifiers.hex(8));
        }
        payment.updatedAt = clock.instant();
        payments.put(payment.id, payment);
        job.payment = Optional.of(payment);
        job.paymentStatus = Optional.of(payment.status.wireName());
    }

    private static boolean address(ObjectNode body, String name) {
        return Validation.optionalText(body, name).filter(Wallets::isAddress).isPresent();
    }

    void forget(Payment payment) {
        payments.remove(payment.id);
    }

    Optional<Payment> find(String id) {
        return Optional.ofNullable(payments.get(id));
    }

    /** @return false when there is nothing in escrow */
    boolean release(Payment payment) {
        if (payment.status != Payment.Status.ESCROWED) {
            return false;
        }
        Instant now = clock.instant();
        boolean stale = lastRelease
                .filter(last -> Duration.between(last, now).compareTo(STALE_NONCE) < 0)
                .isPresent();
        if (!stale || quirks.on(Quirk.IDEAL)) {
            payment.transaction = Optional.of("0x" + identifiers.hex(32));
        }
        lastRelease = Optional.of(now);
        payment.status = Payment.Status.RELEASED;
        payment.releasedAt = Optional.of(now);
        payment.updatedAt = now;
        return true;
    }

    /** @return false when there is nothing in escrow */
    boolean refund(Payment payment) {
        if (payment.status != Payment.Status.ESCROWED) {
            return false;
        }
        Instant now = clock.instant();
        byte[] notTransaction = Identifiers.sha256(payment.jobId + TimeText.offset(now));
        payment.refundTransaction = Optional.of("0x" + HexFormat.of().formatHex(notTransaction));
        payment.status = Payment.Status.REFUNDED;
        payment.refundedAt = Optional.of(now);
        payment.updatedAt = now;
        return true;
    }
}
