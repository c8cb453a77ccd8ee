package io.aitbc.openclaw.api.proof;

import io.aitbc.openclaw.api.Extension;
import java.util.Set;

/** Checks evidence, without a network. */
public interface ProofVerifier extends Extension {
    /** {@link Evidence#kind()}s it can check. */
    Set<String> kinds();

    /** Never throws for a bad document: the verdict says what is wrong with it. */
    Verdict verify(Evidence evidence);
}
