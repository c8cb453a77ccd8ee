package io.aitbc.openclaw.zk;

import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.ProofVerifierFactory;
import io.aitbc.openclaw.zk.circuits.Circuits;
import io.aitbc.openclaw.zk.evidence.CircuitProofVerifier;
import io.aitbc.openclaw.zk.evidence.ProofVerifiers;
import io.aitbc.openclaw.zk.receipt.ReceiptProofVerifier;
import io.aitbc.openclaw.zk.receipt.ReceiptVerifier;
import java.security.SecureRandom;

/**
 * Creates the verifier {@code zk} of AITBC receipts and of zero-knowledge proofs. Settings: {@code trusted-proof-keys}, and
 * {@code circuits.NAME.key}, {@code .key-sha256}, {@code .signals}, {@code .proves}, {@code .ceremony} for circuits of the user's own.
 */
public final class ZkVerifierFactory implements ProofVerifierFactory {
    @Override
    public ProofVerifier create(PluginContext context) {
        Circuits circuits = new Circuits(ZkSettings.known(context.config()));
        CircuitProofVerifier proofs = new CircuitProofVerifier(circuits, new SecureRandom());
        return new ProofVerifiers(new ReceiptVerifier(), proofs, new ReceiptProofVerifier(circuits, proofs));
    }
}
