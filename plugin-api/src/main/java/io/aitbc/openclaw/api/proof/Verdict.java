package io.aitbc.openclaw.api.proof;

import io.aitbc.openclaw.api.AssuranceLevel;
import java.util.List;
import java.util.Optional;

/**
 * What checking showed.
 *
 * @param valid whether the document is whole: its signature holds for the key it names
 * @param assurance {@code NONE} unless valid and signed by a trusted key
 * @param reason one line for people
 * @param keyId key that signed it
 * @param notProven what the evidence does not show, in plain words; never empty
 */
public record Verdict(
        boolean valid, AssuranceLevel assurance, String reason, Optional<String> keyId, List<String> notProven) {
    public Verdict {
        notProven = List.copyOf(notProven);
    }
}
