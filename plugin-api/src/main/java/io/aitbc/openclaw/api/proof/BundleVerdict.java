package io.aitbc.openclaw.api.proof;

import io.aitbc.openclaw.api.AssuranceLevel;
import java.util.List;
import java.util.Optional;

/**
 * What checking a bundle showed.
 *
 * @param links in the order of the chain; never empty
 * @param about the request and, where there is one, the job it is of, as the signed statement says; empty unless all links are good
 * @param assurance of the answer, as the links show; {@code NONE} unless all are good
 * @param notProven what the bundle does not show, in plain words; never empty
 */
public record BundleVerdict(
        List<LinkVerdict> links, Optional<String> about, AssuranceLevel assurance, List<String> notProven) {
    public BundleVerdict {
        links = List.copyOf(links);
        notProven = List.copyOf(notProven);
        if (links.isEmpty()) {
            throw new IllegalArgumentException("a bundle has links");
        }
    }

    /** Whether every link is good. */
    public boolean valid() {
        return links.stream().allMatch(LinkVerdict::isGood);
    }
}
