package io.aitbc.openclaw.zk;

import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.Verdict;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One verifier for the kinds of evidence of several. */
final class ProofVerifiers implements ProofVerifier {
    private final List<ProofVerifier> verifiers;

    ProofVerifiers(ProofVerifier... verifiers) {
        this.verifiers = List.of(verifiers);
    }

    @Override
    public String id() {
        return "zk";
    }

    @Override
    public Set<String> kinds() {
        return verifiers.stream()
                .flatMap(verifier -> verifier.kinds().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Verdict verify(Evidence evidence) {
        Verdicts.requireKind(this, evidence);
        return verifiers.stream()
                .filter(verifier -> verifier.kinds().contains(evidence.kind()))
                .findFirst()
                .orElseThrow()
                .verify(evidence);
    }
}
