package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.Verdict;
import io.aitbc.openclaw.provider.coordinator.Receipt;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the zero-knowledge proof in a receipt. No signature covers it, so a bad one, which anybody on the way may have put there, says nothing of the
 * receipt: it is left out of what is kept, as it would spoil the bundle of the answer for ever.
 */
final class ReceiptProofCheck {
    private static final String REFUSED =
            "anything by the zero-knowledge proof in the receipt, which was refused and is not kept: ";
    private static final String UNCHECKED =
            "anything by the zero-knowledge proof in the receipt, which was not checked: ";

    private final Extensions extensions;

    ReceiptProofCheck(Extensions extensions) {
        this.extensions = extensions;
    }

    /**
     * What is kept of a receipt.
     *
     * @param notProven what its proof does not prove, as it was refused or nobody could check it
     */
    record Kept(Receipt receipt, List<String> notProven) {}

    Kept keep(Receipt receipt) {
        if (!receipt.hasProof()) {
            return new Kept(receipt, List.of());
        }
        Optional<ProofVerifier> verifier = extensions.all(ProofVerifier.class).stream()
                .filter(it -> it.kinds().contains(Evidence.AITBC_RECEIPT_PROOF))
                .findFirst();
        if (verifier.isEmpty()) {
            return new Kept(receipt, List.of(UNCHECKED + "no verifier is loaded"));
        }
        try {
            Verdict verdict =
                    verifier.get().verify(new Evidence(Evidence.AITBC_RECEIPT_PROOF, receipt.json(), Set.of()));
            return verdict.valid()
                    ? new Kept(receipt, List.of())
                    : new Kept(receipt.withoutProof(), List.of(REFUSED + Texts.line(verdict.reason())));
        } catch (OpenClawException e) {
            return new Kept(receipt.withoutProof(), List.of(UNCHECKED + Texts.line(String.valueOf(e.getMessage()))));
        }
    }
}
