package io.aitbc.openclaw.zk;

import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.proof.ProofChain;
import io.aitbc.openclaw.api.proof.ProofChainFactory;
import java.security.SecureRandom;

/** Creates the proof chain {@code zk}, which keeps its log and the host's key in the folder {@code chain}. */
public final class ZkChainFactory implements ProofChainFactory {
    @Override
    public ProofChain create(PluginContext context) {
        BundleVerifier verifier = new BundleVerifier(new ZkVerifierFactory().create(context), context.clock());
        return new LoggedProofChain(context.dataDirectory().resolve("chain"), new SecureRandom(), verifier);
    }
}
