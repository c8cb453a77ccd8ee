package io.aitbc.openclaw.zk.evidence;

import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** One verifier for the kinds of evidence of several. */
public final class ProofVerifiers implements ProofVerifier {
    private final List<ProofVerifier> verifiers;

    public ProofVerifiers(ProofVerifier... verifiers) {
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
        return responsible(evidence).verify(evidence);
    }

    @Override
    public List<Verdict> verifyAll(List<Evidence> evidence) {
        Map<ProofVerifier, List<Integer>> shares = new LinkedHashMap<>();
        for (int i = 0; i < evidence.size(); i++) {
            shares.computeIfAbsent(responsible(evidence.get(i)), verifier -> new ArrayList<>())
                    .add(i);
        }
        Verdict[] verdicts = new Verdict[evidence.size()];
        shares.forEach((verifier, indexes) -> {
            List<Verdict> share =
                    verifier.verifyAll(indexes.stream().map(evidence::get).toList());
            for (int i = 0; i < share.size(); i++) {
                verdicts[indexes.get(i)] = share.get(i);
            }
        });
        return List.of(verdicts);
    }

    private ProofVerifier responsible(Evidence evidence) {
        Verdicts.requireKind(this, evidence);
        return verifiers.stream()
                .filter(verifier -> verifier.kinds().contains(evidence.kind()))
                .findFirst()
                .orElseThrow();
    }
}
