package io.aitbc.openclaw.zk.receipt;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.Verdict;
import io.aitbc.openclaw.zk.circuits.AitbcCircuit;
import io.aitbc.openclaw.zk.circuits.Circuits;
import io.aitbc.openclaw.zk.circuits.PinnedCircuit;
import io.aitbc.openclaw.zk.evidence.CircuitProofVerifier;
import io.aitbc.openclaw.zk.evidence.Verdicts;
import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.json.JsonReader;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.snarkjs.SnarkjsObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks that the proof in an AITBC receipt holds and is about this receipt. Without the second part a proof is bound to nothing: it could come from
 * any other receipt. Anybody can make such a proof of a receipt, or of one that they made up, so it shows no more than the receipt's signature does: the level
 * is that of the receipt, where both keys are trusted.
 */
public final class ReceiptProofVerifier implements ProofVerifier {
    private static final Set<String> KINDS = Set.of(Evidence.AITBC_RECEIPT_PROOF);

    /** SHA-256 of receipt_public_0001.zkey, from which the pinned verification key was exported. */
    private static final String PROVING_KEY = "9c780c45716ee8e2925ae7d922fffbc21cfc4546486d5f8ff217dcdff96376dc";

    private final JsonReader reader = new JsonReader();
    private final ReceiptVerifier receipts = new ReceiptVerifier();
    private final Circuits circuits;
    private final CircuitProofVerifier proofs;

    public ReceiptProofVerifier(Circuits circuits, CircuitProofVerifier proofs) {
        this.circuits = circuits;
        this.proofs = proofs;
    }

    @Override
    public String id() {
        return "zk-receipts";
    }

    @Override
    public Set<String> kinds() {
        return KINDS;
    }

    @Override
    public Verdict verify(Evidence evidence) {
        Verdicts.requireKind(this, evidence);
        try {
            return verify(SnarkjsObject.of("it", reader.read(evidence.json())), evidence);
        } catch (MalformedDocumentException e) {
            return Verdicts.invalid("not a receipt whose proof can be checked: " + e.getMessage(), Optional.empty());
        }
    }

    private Verdict verify(SnarkjsObject receipt, Evidence evidence) throws MalformedDocumentException {
        SnarkjsObject proof = SnarkjsObject.of("its zk_proof", receipt.value("zk_proof"));
        PinnedCircuit pinned = circuits.named(proof.text("circuit"));
        if (!pinned.circuit().equals(AitbcCircuit.RECEIPT_PUBLIC.circuit())) {
            throw new MalformedDocumentException("proofs of circuit %s are not bound to a receipt"
                    .formatted(pinned.circuit().name()));
        }
        if (proof.members().get("circuit_hash").isPresent()) {
            proof.literal("circuit_hash", PROVING_KEY);
        }
        String hash = ReceiptNumbers.hash(receipt.members()).toString();
        Json signals = proof.value("public_signals");
        if (!signals.equals(new Json.Items(List.of(new Json.Text(hash))))) {
            return Verdicts.invalid(
                    "the proof is not about this receipt: its public signal is not the hash of the receipt's numbers",
                    Optional.of(pinned.keySha256()));
        }
        Verdict verdict = proofs.verify(pinned, proof.value("proof"), signals, evidence);
        return verdict.valid() ? bound(verdict, pinned, evidence) : verdict;
    }

    private Verdict bound(Verdict verdict, PinnedCircuit pinned, Evidence evidence) {
        boolean trusted =
                pinned.trusted() || Verdicts.lowerCase(evidence.trustedKeys()).contains(pinned.keySha256());
        Verdict receipt =
                receipts.verify(new Evidence(Evidence.AITBC_RECEIPT, evidence.json(), evidence.trustedKeys()));
        List<String> notProven = new ArrayList<>(verdict.notProven());
        notProven.removeAll(AitbcCircuit.RECEIPT_PUBLIC.circuit().notProven());
        notProven.addFirst(
                "more than the receipt itself shows: whoever has the receipt can compute the hash in the proof");
        if (receipt.assurance() == AssuranceLevel.NONE) {
            notProven.addFirst("that a known key signed the receipt: " + receipt.reason());
        }
        return new Verdict(
                true,
                trusted ? receipt.assurance() : AssuranceLevel.NONE,
                "the proof holds and is about this receipt's job, receipt id, provider, output and units",
                verdict.keyId(),
                notProven,
                verdict.statement());
    }
}
