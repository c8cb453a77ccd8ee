package io.aitbc.openclaw.api.proof;

import io.aitbc.openclaw.api.Extension;
import io.aitbc.openclaw.api.OpenClawException;
import java.util.List;
import java.util.Set;

/** Checks evidence, without a network. */
public interface ProofVerifier extends Extension {
    /** {@link Evidence#kind()}s it can check. */
    Set<String> kinds();

    /**
     * Never throws for a bad document: the verdict says what is wrong with it.
     *
     * @throws OpenClawException with UNSUPPORTED for a kind that is not in {@link #kinds()}
     */
    Verdict verify(Evidence evidence);

    /**
     * The same verdicts as {@link #verify} gives on each, in their order. Proofs of one circuit may be checked together, which is faster.
     *
     * @throws OpenClawException with UNSUPPORTED if one of them is of a kind that is not in {@link #kinds()}
     */
    default List<Verdict> verifyAll(List<Evidence> evidence) {
        return evidence.stream().map(this::verify).toList();
    }
}
