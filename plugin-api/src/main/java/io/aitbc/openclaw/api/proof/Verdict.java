package io.aitbc.openclaw.api.proof;

import io.aitbc.openclaw.api.AssuranceLevel;
import java.util.List;
import java.util.Optional;

/**
 * What checking showed.
 *
 * @param valid whether the document is whole: its signature or proof holds for the key it names
 * @param assurance {@code NONE} unless valid and under a trusted key
 * @param reason one line for people
 * @param keyId key that signed it, or that the proof was checked with
 * @param notProven what the evidence does not show, in plain words; never empty
 * @param statement what was proven, if the evidence is a proof that holds
 */
public record Verdict(
        boolean valid,
        AssuranceLevel assurance,
        String reason,
        Optional<String> keyId,
        List<String> notProven,
        Optional<Statement> statement) {
    public Verdict {
        notProven = List.copyOf(notProven);
    }

    public Verdict(
            boolean valid, AssuranceLevel assurance, String reason, Optional<String> keyId, List<String> notProven) {
        this(valid, assurance, reason, keyId, notProven, Optional.empty());
    }
}
