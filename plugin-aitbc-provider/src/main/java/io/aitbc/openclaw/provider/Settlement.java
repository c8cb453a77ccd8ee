package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.coordinator.CoordinatorClient;
import io.aitbc.openclaw.provider.coordinator.PaymentView;
import io.aitbc.openclaw.provider.ledger.Ledger;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the ledger in line with what the network says about a payment, and gets money back: the network refunds nothing by
 * itself, whether a job was canceled, failed or expired.
 */
final class Settlement {
    /** Note of an entry whose answer was used while its money was still in escrow: it is never refunded. */
    static final String ACCEPTED = "answer accepted, payment not released yet";

    private static final Logger log = LoggerFactory.getLogger(Settlement.class);
    private static final int LOOKS = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private final CoordinatorClient client;
    private final Ledger ledger;
    private final PaymentChecks checks;

    Settlement(CoordinatorClient client, Ledger ledger, PaymentChecks checks) {
        this.client = client;
        this.ledger = ledger;
        this.checks = checks;
    }

    /**
     * What an accepted answer cost.
     *
     * @param remark what a reader of the bill should know
     */
    record Bill(TokenAmount cost, Optional<String> remark) {}

    /** After an answer was accepted. Never fails: what cannot be found out is unknown, and counts as spent. */
    Bill accepted(String reference, TokenAmount reserved, String jobId, CallScope scope) {
        try {
            return reserved.units().signum() == 0 ? free(reference) : paid(reference, reserved, jobId, scope);
        } catch (OpenClawException e) {
            log.atWarn()
                    .addKeyValue("job", jobId)
                    .addKeyValue("reason", e.getMessage())
                    .log("aitbc payment unknown");
            quietly(() -> ledger.unknown(reference, ACCEPTED));
            return new Bill(reserved, Optional.of("that it was paid: the payment could not be read"));
        }
    }

    /** @return what is not proven about it */
    private String settle(String reference, TokenAmount cost, PaymentView payment, String note) {
        Optional<String> payee =
                ledger.find(reference).flatMap(entry -> entry.trail().payee());
        // Before the ledger closes the payment: whoever clears up after a crash in between asks again, and that changes
        // nothing.
        PaymentChecks.Begun begun = checks.begin(reference, payment, cost, payee);
        ledger.settle(reference, cost, note, begun.verdict());
        return begun.remark();
    }

    private Bill free(String reference) {
        TokenAmount nothing = TokenAmount.zero(Rail.AITBC);
        ledger.settle(reference, nothing, "free");
        return new Bill(nothing, Optional.empty());
    }

    private Bill paid(String reference, TokenAmount reserved, String jobId, CallScope scope) {
        Optional<PaymentView> payment = client.jobPayment(jobId, scope);
        for (int look = 1; look < LOOKS && status(payment).equals(PaymentView.ESCROWED); look++) {
            scope.pause(FIRST_PAUSE.multipliedBy(1L << look));
            payment = client.payment(payment.orElseThrow().paymentId(), scope);
        }
        return switch (status(payment)) {
            case PaymentView.RELEASED -> {
                TokenAmount cost = amount(payment, reserved);
                yield new Bill(cost, Optional.of(settle(reference, cost, payment.orElseThrow(), "paid")));
            }
            case PaymentView.ESCROWED -> {
                ledger.unknown(reference, ACCEPTED);
                yield new Bill(reserved, Optional.of("that it was paid: the money is still in escrow"));
            }
            default -> {
                ledger.release(reference, "done without payment: " + status(payment));
                yield new Bill(
                        TokenAmount.zero(Rail.AITBC),
                        Optional.of("that it was paid: the payment is " + status(payment)));
            }
        };
    }

    /**
     * After a submission that failed. Never fails.
     *
     * @param mayExist whether the job may be on the network all the same
     */
    void notSubmitted(String reference, boolean mayExist, String why) {
        quietly(() -> {
            if (mayExist) {
                ledger.unknown(reference, why + ", as far as we know");
            } else {
                ledger.release(reference, why);
            }
        });
    }

    /**
     * After a job that gave no answer: cancels it, asks for the money back and records what became of it. Never fails.
     *
     * @param why one line for the ledger
     */
    void abandoned(String reference, TokenAmount reserved, String jobId, String why, CallScope scope) {
        try {
            boolean canceled = client.cancel(jobId, scope);
            log.atInfo()
                    .addKeyValue("job", jobId)
                    .addKeyValue("canceled", canceled)
                    .addKeyValue("reason", why)
                    .log("aitbc job abandoned");
        } catch (OpenClawException e) {
            // The money comes next all the same.
            log.atWarn()
                    .addKeyValue("job", jobId)
                    .addKeyValue("reason", e.getMessage())
                    .log("aitbc job not canceled");
        }
        try {
            if (reserved.units().signum() == 0) {
                ledger.release(reference, why);
            } else {
                takeBack(reference, reserved, jobId, why, scope);
            }
        } catch (OpenClawException e) {
            log.atWarn()
                    .addKeyValue("job", jobId)
                    .addKeyValue("reason", e.getMessage())
                    .log("aitbc refund unknown");
            quietly(() -> ledger.unknown(reference, why));
        }
    }

    private void takeBack(String reference, TokenAmount reserved, String jobId, String why, CallScope scope) {
        Optional<PaymentView> payment = client.jobPayment(jobId, scope);
        if (status(payment).equals(PaymentView.ESCROWED) || status(payment).equals("pending")) {
            String paymentId = payment.orElseThrow().paymentId();
            client.refund(paymentId, jobId, why, scope);
            // The job's own view never shows a refund; the payment does.
            payment = client.payment(paymentId, scope);
        }
        switch (status(payment)) {
            case PaymentView.RELEASED ->
                settle(reference, amount(payment, reserved), payment.orElseThrow(), "paid, but: " + why);
            case PaymentView.ESCROWED -> ledger.unknown(reference, why);
            default -> ledger.release(reference, why);
        }
    }

    private static String status(Optional<PaymentView> payment) {
        return payment.map(PaymentView::status).orElse("none");
    }

    private static TokenAmount amount(Optional<PaymentView> payment, TokenAmount otherwise) {
        return payment.flatMap(PaymentView::amount)
                .map(coins -> TokenAmount.ofCoins(coins, Rail.AITBC))
                .orElse(otherwise);
    }

    private static void quietly(Runnable write) {
        try {
            write.run();
        } catch (OpenClawException e) {
            // The reservation stands, so the money counts as spent anyway.
            log.atError().log("aitbc ledger not written: {}", e.getMessage());
        }
    }
}
