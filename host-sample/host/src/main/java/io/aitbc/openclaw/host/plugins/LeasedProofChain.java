package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.proof.AnswerRecord;
import io.aitbc.openclaw.api.proof.BundlePolicy;
import io.aitbc.openclaw.api.proof.BundleVerdict;
import io.aitbc.openclaw.api.proof.ChainHead;
import io.aitbc.openclaw.api.proof.ChainPlace;
import io.aitbc.openclaw.api.proof.ChainRecord;
import io.aitbc.openclaw.api.proof.ConsistencyProof;
import io.aitbc.openclaw.api.proof.LinkVerdict;
import io.aitbc.openclaw.api.proof.ProofChain;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

final class LeasedProofChain extends LeasedExtension<ProofChain> implements ProofChain {
    LeasedProofChain(PluginSlot slot, String id) {
        super(slot, new ExtensionKey<>(ProofChain.class, id));
    }

    @Override
    public ChainPlace append(AnswerRecord answer) {
        return call("append", chain -> chain.append(answer));
    }

    @Override
    public Optional<String> bundle(String jobOrRequestId) {
        return call("bundle", chain -> chain.bundle(jobOrRequestId));
    }

    @Override
    public Optional<String> bundle(String jobOrRequestId, OptionalLong since) {
        return call("bundle", chain -> chain.bundle(jobOrRequestId, since));
    }

    @Override
    public BundleVerdict verify(String bundle, BundlePolicy policy) {
        return call("verify", chain -> chain.verify(bundle, policy));
    }

    @Override
    public String withPrice(String bundle, String proof) {
        return call("withPrice", chain -> chain.withPrice(bundle, proof));
    }

    @Override
    public ChainHead head() {
        return call("head", ProofChain::head);
    }

    @Override
    public List<ChainRecord> records(long first, int most) {
        return call("records", chain -> chain.records(first, most));
    }

    @Override
    public ConsistencyProof consistency(long since) {
        return call("consistency", chain -> chain.consistency(since));
    }

    @Override
    public LinkVerdict verify(String keptCheckpoint, ConsistencyProof proof) {
        return call("verify", chain -> chain.verify(keptCheckpoint, proof));
    }
}
