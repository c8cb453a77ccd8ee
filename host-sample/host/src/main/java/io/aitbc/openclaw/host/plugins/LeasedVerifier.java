package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.Verdict;
import java.util.List;
import java.util.Set;

final class LeasedVerifier extends LeasedExtension<ProofVerifier> implements ProofVerifier {
    LeasedVerifier(PluginSlot slot, String id) {
        super(slot, new ExtensionKey<>(ProofVerifier.class, id));
    }

    @Override
    public Set<String> kinds() {
        return call("kinds", verifier -> Set.copyOf(verifier.kinds()));
    }

    @Override
    public Verdict verify(Evidence evidence) {
        return call("verify", verifier -> verifier.verify(evidence));
    }

    @Override
    public List<Verdict> verifyAll(List<Evidence> evidence) {
        return call("verifyAll", verifier -> List.copyOf(verifier.verifyAll(evidence)));
    }
}
