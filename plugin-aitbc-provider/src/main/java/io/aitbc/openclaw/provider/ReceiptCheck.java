package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.Verdict;
import io.aitbc.openclaw.provider.coordinator.Ids;
import io.aitbc.openclaw.provider.coordinator.Json;
import io.aitbc.openclaw.provider.coordinator.Receipt;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Checks a receipt: whom and what it is about, and, with a verifier plugin, who signed it. */
final class ReceiptCheck {
    /** Coordinators round. */
    private static final double PRICE_ERROR = 1e-6;

    private final Extensions extensions;
    private final Set<String> trustedKeys;

    ReceiptCheck(Extensions extensions, Set<String> trustedKeys) {
        this.extensions = extensions;
        this.trustedKeys = trustedKeys;
    }

    /**
     * What a good receipt is worth.
     *
     * @param checked whether somebody looked at its signature
     */
    record Outcome(AssuranceLevel assurance, List<String> notProven, boolean checked) {}

    /** Whether the receipt is about this result: several receipts with different results can exist for one job. */
    static boolean about(Receipt receipt, JsonNode result) {
        return receipt.result()
                .map(it -> Json.text(it, "output").equals(Json.text(result, "output")))
                .orElse(true);
    }

    /** As {@link #about(Receipt, JsonNode)}. */
    static boolean about(Receipt receipt, Claim claim) {
        return receipt.result()
                .map(it -> Claim.digest(it, "output").equals(claim.answer()))
                .orElse(true);
    }

    /**
     * What the receipt says is compared with what was asked and answered. A receipt that leaves something out is worth
     * nothing: whose signature it bears does not matter when it may be about something else.
     *
     * @throws OpenClawException with PROOF_INVALID
     */
    Outcome check(Claim claim, Receipt receipt) {
        if (!Ids.valid(receipt.receiptId())) {
            throw invalid("its receipt_id cannot be used");
        }
        bind("job", Optional.of(claim.job()), receipt.jobId());
        bind("miner", claim.miner(), receipt.provider());
        List<String> open = new ArrayList<>();
        bindRequest(claim, receipt, open);
        bindAnswer(claim, receipt, open);
        boolean bound = open.isEmpty();
        price(receipt).ifPresent(open::add);
        Outcome signature = signature(receipt);
        open.addAll(signature.notProven());
        return new Outcome(bound ? signature.assurance() : AssuranceLevel.NONE, open, signature.checked());
    }

    private static void bindRequest(Claim claim, Receipt receipt, List<String> open) {
        JsonNode payload = receipt.payload().orElse(MissingNode.getInstance());
        Optional<String> prompt = Claim.digest(payload, "prompt");
        Optional<String> model = Json.text(payload, "model");
        bind("reference", Optional.of(claim.reference()), receipt.reference());
        bind("model", Optional.of(claim.model()), model);
        if (prompt.filter(text -> !text.equals(claim.prompt())).isPresent()) {
            throw invalid("it is about another prompt");
        }
        if (prompt.isEmpty() || model.isEmpty()) {
            open.add("that the receipt is about this request: it does not show prompt and model");
        }
    }

    private static void bindAnswer(Claim claim, Receipt receipt, List<String> open) {
        JsonNode signed = receipt.result().orElse(MissingNode.getInstance());
        Optional<String> output = Claim.digest(signed, "output");
        if (output.isPresent() && !output.equals(claim.answer())) {
            throw invalid("it is about another answer");
        }
        bind("result's model", claim.answeredBy(), Json.text(signed, "model"));
        bind("result's status", claim.status(), Json.text(signed, "status"));
        if (output.isEmpty()) {
            open.add("that the receipt is about this answer: it does not show one");
        }
    }

    /** The price of a receipt has nothing to do with what is paid, so a wrong one is a remark only. */
    private static Optional<String> price(Receipt receipt) {
        return Json.read(receipt.json()).flatMap(node -> {
            Optional<Double> units = number(node, "units");
            Optional<Double> unitPrice = number(node, "unit_price");
            Optional<Double> price = number(node, "price");
            if (units.isEmpty() || unitPrice.isEmpty() || price.isEmpty()) {
                return Optional.empty();
            }
            double difference = Math.abs(units.get() * unitPrice.get() - price.get());
            boolean right = units.get() >= 0 && difference <= PRICE_ERROR * Math.max(1, Math.abs(price.get()));
            return right
                    ? Optional.empty()
                    : Optional.of("that the receipt's price is right: %s units at %s are not %s"
                            .formatted(units.get(), unitPrice.get(), price.get()));
        });
    }

    private static Optional<Double> number(JsonNode node, String field) {
        return Json.decimal(node, field).map(BigDecimal::doubleValue);
    }

    private static void bind(String what, Optional<String> expected, Optional<String> found) {
        if (expected.isPresent() && found.isPresent() && !expected.equals(found)) {
            throw invalid("its %s is %s, not %s".formatted(what, Texts.line(found.get()), Texts.line(expected.get())));
        }
    }

    private Outcome signature(Receipt receipt) {
        Optional<ProofVerifier> verifier = extensions.all(ProofVerifier.class).stream()
                .filter(it -> it.kinds().contains(Evidence.AITBC_RECEIPT))
                .findFirst();
        if (verifier.isEmpty()) {
            return unchecked("the receipt's signature was not checked: no verifier is loaded");
        }
        Verdict verdict;
        try {
            verdict = verifier.get().verify(new Evidence(Evidence.AITBC_RECEIPT, receipt.json(), trustedKeys));
        } catch (OpenClawException e) {
            return unchecked("the receipt's signature was not checked: " + e.getMessage());
        }
        if (!verdict.valid()) {
            throw invalid(verdict.reason());
        }
        if (verdict.assurance() == AssuranceLevel.NONE && !trustedKeys.isEmpty()) {
            throw invalid("it is not signed by a key of trusted-receipt-keys");
        }
        return new Outcome(verdict.assurance(), verdict.notProven(), true);
    }

    private Outcome unchecked(String why) {
        if (!trustedKeys.isEmpty()) {
            throw invalid("it cannot be checked although trusted-receipt-keys is set (%s)".formatted(why));
        }
        return new Outcome(AssuranceLevel.NONE, List.of(why), false);
    }

    private static OpenClawException invalid(String why) {
        return new OpenClawException(ErrorCode.PROOF_INVALID, "The receipt of the AITBC job was refused: " + why);
    }
}
