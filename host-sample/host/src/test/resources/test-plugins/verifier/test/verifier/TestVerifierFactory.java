package test.verifier;

import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.ProofVerifierFactory;

public final class TestVerifierFactory implements ProofVerifierFactory {
    @Override
    public ProofVerifier create(PluginContext context) {
        BackgroundWork.start(context);
        return new TestVerifier(context);
    }
}
