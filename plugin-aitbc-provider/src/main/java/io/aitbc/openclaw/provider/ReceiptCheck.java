package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.Verdict;
import io.aitbc.openclaw.provider.coordinator.JobView;
import io.aitbc.openclaw.provider.coordinator.Json;
import io.aitbc.openclaw.provider.coordinator.Receipt;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks a receipt: whom and what it is about, and, with a verifier plugin, who signed it. */
final class ReceiptCheck {
    private final Extensions extensions;
    private final Set<String> trustedKeys;

    ReceiptCheck(Extensions extensions, Set<String> trustedKeys) {
        this.extensions = extensions;
        this.trustedKeys = trustedKeys;
    }

    /** What a good receipt is worth. */
    record Outcome(AssuranceLevel assurance, List<String> notProven) {}

    /** Whether the receipt is about this result: several receipts with different results can exist for one job. */
    static boolean about(Receipt receipt, JsonNode result) {
        return receipt.result()
                .map(it -> Json.text(it, "output").equals(Json.text(result, "output")))
                .orElse(true);
    }

    /** @throws OpenClawException with PROOF_INVALID */
    Outcome check(Order order, JobView job, Receipt receipt) {
        bind("job", Optional.of(job.jobId()), receipt.jobId());
        bind("miner", job.miner(), receipt.provider());
        receipt.payload().ifPresent(payload -> {
            bind("reference", Optional.of(order.reference()), receipt.reference());
            bind("model", Optional.of(order.remoteModel()), Json.text(payload, "model"));
            bindPrompt(order, payload);
        });
        return signature(receipt);
    }

    private static void bind(String what, Optional<String> expected, Optional<String> found) {
        if (expected.isPresent() && found.isPresent() && !expected.equals(found)) {
            throw invalid("its %s is %s, not %s".formatted(what, found.get(), expected.get()));
        }
    }

    private static void bindPrompt(Order order, JsonNode payload) {
        if (Json.text(payload, "prompt")
                .filter(prompt -> !prompt.equals(order.prompt()))
                .isPresent()) {
            throw invalid("it is about another prompt");
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
        return new Outcome(verdict.assurance(), verdict.notProven());
    }

    private Outcome unchecked(String why) {
        if (!trustedKeys.isEmpty()) {
            throw invalid("it cannot be checked although trusted-receipt-keys is set (%s)".formatted(why));
        }
        return new Outcome(AssuranceLevel.NONE, List.of(why));
    }

    private static OpenClawException invalid(String why) {
        return new OpenClawException(ErrorCode.PROOF_INVALID, "The receipt of the AITBC job was refused: " + why);
    }
}
