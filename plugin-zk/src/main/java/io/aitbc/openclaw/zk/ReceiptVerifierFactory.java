package io.aitbc.openclaw.zk;

import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.ProofVerifierFactory;

/** Creates the verifier of AITBC receipts, {@code zk}. It has no settings: each call brings the keys it trusts. */
public final class ReceiptVerifierFactory implements ProofVerifierFactory {
    @Override
    public ProofVerifier create(PluginContext context) {
        return new ReceiptVerifier();
    }
}
