package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Always finds the same, and remembers what it was asked. */
final class ScriptedVerifier implements ProofVerifier {
    private final boolean valid;
    private final AssuranceLevel assurance;
    private volatile Evidence asked;
    private volatile boolean refusesProofs;

    ScriptedVerifier(boolean valid, AssuranceLevel assurance) {
        this.valid = valid;
        this.assurance = assurance;
    }

    /** Of the proofs in receipts, too; they are checked as another kind of evidence. */
    ScriptedVerifier refusingProofs() {
        refusesProofs = true;
        return this;
    }

    Evidence evidence() {
        return asked;
    }

    @Override
    public String id() {
        return "scripted";
    }

    @Override
    public Set<String> kinds() {
        return Set.of(Evidence.AITBC_RECEIPT, Evidence.AITBC_RECEIPT_PROOF);
    }

    @Override
    public Verdict verify(Evidence evidence) {
        if (evidence.kind().equals(Evidence.AITBC_RECEIPT_PROOF)) {
            boolean good = !refusesProofs;
            String reason = good ? "the proof holds" : "the proof does not hold";
            return new Verdict(good, AssuranceLevel.NONE, reason, Optional.empty(), List.of("anything"));
        }
        asked = evidence;
        return new Verdict(
                valid,
                assurance,
                valid ? "the signature holds" : "the signature does not hold",
                Optional.of("key-1"),
                List.of("that the model computed it"));
    }
}
