package io.aitbc.openclaw.zk;

import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.proof.ProofChain;
import io.aitbc.openclaw.api.proof.ProofChainFactory;
import io.aitbc.openclaw.zk.bundle.BundleVerifier;
import io.aitbc.openclaw.zk.chain.LoggedProofChain;
import java.security.SecureRandom;

/** Creates the proof chain {@code zk}, which keeps its log and the host's key in the folder {@code chain}. */
public final class ZkChainFactory implements ProofChainFactory {
    @Override
    public ProofChain create(PluginContext context) {
        return chain(context);
    }

    /** One for all extensions of the plugin, as a log can be open only once. Opened when it is first needed. */
    static LoggedProofChain chain(PluginContext context) {
        return context.shared(LoggedProofChain.class, () -> {
            BundleVerifier verifier = new BundleVerifier(new ZkVerifierFactory().create(context), context.clock());
            return new LoggedProofChain(
                    context.dataDirectory().resolve("chain"), new SecureRandom(), verifier, context.clock());
        });
    }
}
