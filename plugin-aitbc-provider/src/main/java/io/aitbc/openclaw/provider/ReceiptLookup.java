package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.OutboxMessage;
import io.aitbc.openclaw.api.outbox.Delivery;
import io.aitbc.openclaw.api.outbox.OutboxHandler;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.coordinator.CoordinatorClient;
import io.aitbc.openclaw.provider.coordinator.Receipt;
import io.aitbc.openclaw.provider.ledger.Acceptance;
import io.aitbc.openclaw.provider.ledger.Ledger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Fetches receipts of answers that were accepted before, checks them and writes the verdict to the ledger. What was accepted
 * stays accepted: a receipt that says something else is a conflict, which a person has to look at.
 */
final class ReceiptLookup implements OutboxHandler {
    static final String TOPIC = "aitbc-receipt-check";

    /** A coordinator that has signed nothing by then has no key, and a verifier that is missing then was not wanted. */
    static final Duration PATIENCE = Duration.ofDays(1);

    /** A coordinator that has forgotten the job fails with 500 for ever. */
    static final Duration PATIENCE_WITH_REFUSALS = Duration.ofDays(7);

    private final CoordinatorClient client;
    private final ReceiptCheck check;
    private final Ledger ledger;
    private final InstantSource clock;
    private final CallScopes calls = new CallScopes();

    ReceiptLookup(CoordinatorClient client, ReceiptCheck check, Ledger ledger, InstantSource clock) {
        this.client = client;
        this.check = check;
        this.ledger = ledger;
        this.clock = clock;
    }

    @Override
    public String id() {
        return TOPIC;
    }

    @Override
    public Delivery deliver(OutboxMessage message) {
        Optional<ReceiptQuestion> question = ReceiptQuestion.parse(message.payload());
        if (question.isEmpty()) {
            return new Delivery.Conflict("the message is no question about a receipt");
        }
        try {
            return calls.run(scope -> look(question.get(), scope));
        } catch (OpenClawException e) {
            if (refused(e) && age(question.get()).compareTo(PATIENCE_WITH_REFUSALS) >= 0) {
                return found(question.get(), "receipt not checked: " + e.getMessage());
            }
            return new Delivery.Later("the receipt was not read: " + e.getMessage(), Optional.empty());
        }
    }

    private Delivery look(ReceiptQuestion question, CallScope scope) {
        List<Receipt> receipts = client.receipts(question.claim().job(), scope);
        if (receipts.isEmpty()) {
            return waiting(question, "the network signed no receipt for this job");
        }
        Optional<Receipt> receipt = receipts.stream()
                .filter(it -> question.receipt()
                        .map(id -> id.equals(it.receiptId()))
                        .orElseGet(() -> ReceiptCheck.about(it, question.claim())))
                .findFirst();
        if (receipt.isEmpty()) {
            return conflict(
                    question,
                    question.receipt()
                            .map(id -> "the receipt the answer was accepted with is gone: " + Texts.line(id))
                            .orElse("the receipt is about another answer than the accepted one"));
        }
        return judge(question, receipt.get());
    }

    private Delivery judge(ReceiptQuestion question, Receipt receipt) {
        try {
            ReceiptCheck.Outcome outcome = check.check(question.claim(), receipt);
            if (!outcome.checked()) {
                return waiting(question, "no verifier is loaded for the receipt");
            }
            accept(question.claim(), receipt);
            return found(
                    question,
                    "receipt %s checked afterwards: %s"
                            .formatted(
                                    receipt.receiptId(),
                                    outcome.assurance() == AssuranceLevel.NONE
                                            ? "it is whole, and proves nothing"
                                            : outcome.assurance().name()));
        } catch (OpenClawException e) {
            if (e.code() != ErrorCode.PROOF_INVALID) {
                throw e;
            }
            return conflict(question, String.valueOf(e.getMessage()));
        }
    }

    /** So that no other job is accepted with this receipt; a payment that is not kept any more is no hindrance. */
    private void accept(Claim claim, Receipt receipt) {
        if (ledger.find(claim.reference()).isPresent() && claim.answer().isPresent()) {
            ledger.accept(
                    claim.reference(),
                    new Acceptance(receipt.receiptId(), claim.answer().get()));
        }
    }

    private Delivery waiting(ReceiptQuestion question, String why) {
        return age(question).compareTo(PATIENCE) < 0
                ? new Delivery.Later(why, Optional.empty())
                : found(question, "receipt not checked within a day: " + why);
    }

    private Duration age(ReceiptQuestion question) {
        return Duration.between(question.since(), clock.instant());
    }

    /** A coordinator that is there; one that is away can be away for as long as it likes. */
    private static boolean refused(OpenClawException failure) {
        int status = failure.upstreamStatus().orElse(0);
        return status >= 400 && status <= 500;
    }

    private Delivery conflict(ReceiptQuestion question, String why) {
        ledger.receiptChecked(question.claim().reference(), "CONFLICT: " + why);
        return new Delivery.Conflict(why);
    }

    private Delivery found(ReceiptQuestion question, String verdict) {
        boolean written = ledger.receiptChecked(question.claim().reference(), verdict);
        return new Delivery.Delivered(written ? verdict : verdict + "; the ledger does not keep this payment any more");
    }

    @Override
    public void close() {
        calls.close();
    }
}
