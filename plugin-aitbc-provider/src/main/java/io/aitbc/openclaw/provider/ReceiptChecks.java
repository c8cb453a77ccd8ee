package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.Outbox;
import io.aitbc.openclaw.provider.coordinator.Receipt;
import io.aitbc.openclaw.provider.ledger.Ledger;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has receipts checked that were missing, or that nobody could check, when their answers were handed out. */
final class ReceiptChecks {
    private static final Logger log = LoggerFactory.getLogger(ReceiptChecks.class);

    private final Outbox outbox;
    private final Ledger ledger;
    private final InstantSource clock;

    ReceiptChecks(Outbox outbox, Ledger ledger, InstantSource clock) {
        this.outbox = outbox;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Does nothing for an answer whose receipt was checked. Never fails. */
    void begin(Claim claim, Answer answer) {
        if (answer.receiptChecked()) {
            return;
        }
        ReceiptQuestion question =
                new ReceiptQuestion(claim, answer.receipt().map(Receipt::receiptId), clock.instant());
        try {
            ledger.receiptChecked(claim.reference(), "receipt not checked yet");
            if (outbox.find(ReceiptLookup.TOPIC, claim.reference()).isEmpty()) {
                outbox.add(ReceiptLookup.TOPIC, claim.reference(), claim.reference(), question.json());
            }
        } catch (OpenClawException e) {
            log.atWarn()
                    .addKeyValue("job", claim.job())
                    .addKeyValue("reason", e.getMessage())
                    .log("aitbc receipt not queued for its check");
        }
    }
}
