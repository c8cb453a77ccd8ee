package io.aitbc.openclaw.zk.evidence;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What verdicts have in common. */
public final class Verdicts {
    private Verdicts() {}

    public static Verdict invalid(String reason, Optional<String> keyId) {
        return new Verdict(false, AssuranceLevel.NONE, reason, keyId, List.of("anything the document says"));
    }

    public static void requireKind(ProofVerifier verifier, Evidence evidence) {
        if (!verifier.kinds().contains(evidence.kind())) {
            throw new OpenClawException(
                    ErrorCode.UNSUPPORTED,
                    "evidence of kind '%s' cannot be checked, only %s".formatted(evidence.kind(), verifier.kinds()));
        }
    }

    public static Set<String> lowerCase(Set<String> hashes) {
        return hashes.stream()
                .map(hash -> hash.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }
}
