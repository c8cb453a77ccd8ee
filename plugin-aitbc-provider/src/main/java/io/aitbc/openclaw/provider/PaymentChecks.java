package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.Outbox;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.provider.coordinator.PaymentView;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has payments looked up that the coordinator calls released. The chain may be away for days, so the question waits in the
 * outbox, and no answer waits for it.
 */
final class PaymentChecks {
    private static final Logger log = LoggerFactory.getLogger(PaymentChecks.class);

    private final Outbox outbox;
    private final boolean chain;
    private final InstantSource clock;

    /** @param chain whether there is one to ask */
    PaymentChecks(Outbox outbox, boolean chain, InstantSource clock) {
        this.outbox = outbox;
        this.chain = chain;
        this.clock = clock;
    }

    /**
     * What can be said at once.
     *
     * @param verdict for the ledger
     * @param remark for the reader of the bill: what is not proven
     */
    record Begun(String verdict, String remark) {}

    /**
     * @param payment released
     * @param payee address it has to arrive at, if it is known
     */
    Begun begin(String reference, PaymentView payment, TokenAmount amount, Optional<String> payee) {
        Optional<String> hash = payment.transactionHash();
        if (hash.isEmpty()) {
            return unsettled("no transaction is named");
        }
        if (!PaymentQuestion.usable(hash.get())) {
            return unsettled("what is named is no transaction");
        }
        if (!chain) {
            return notAsked("chain-url is not set");
        }
        try {
            queue(new PaymentQuestion(reference, hash.get(), payee, amount.units(), clock.instant()));
        } catch (OpenClawException e) {
            log.atWarn()
                    .addKeyValue("reference", reference)
                    .addKeyValue("reason", e.getMessage())
                    .log("aitbc payment not queued for its check");
            return notAsked("the outbox did not take it");
        }
        return new Begun(
                "not looked up on the chain yet",
                "that the payment is on the chain: it is looked up later, and `wallet history` shows what came of it");
    }

    /** The first question about a payment stays. */
    private void queue(PaymentQuestion question) {
        if (outbox.find(PaymentLookup.TOPIC, question.reference()).isEmpty()) {
            outbox.add(PaymentLookup.TOPIC, question.reference(), question.reference(), question.json());
        }
    }

    private static Begun unsettled(String why) {
        return new Begun("unsettled: " + why, "that the payment is on the chain: " + why);
    }

    private static Begun notAsked(String why) {
        return new Begun("not looked up on the chain: " + why, "that the payment is on the chain: " + why);
    }
}
