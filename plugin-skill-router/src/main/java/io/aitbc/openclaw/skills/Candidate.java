package io.aitbc.openclaw.skills;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.Placement;
import io.aitbc.openclaw.api.inference.RouteCandidate;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A provider that has the model, and how well it suits the request.
 *
 * @param note why it suits or does not
 * @param refusal why it must not be asked; present when forbidden
 */
record Candidate(
        InferenceProvider provider,
        ModelDescriptor model,
        Fitness fitness,
        OptionalLong memoryNeed,
        Optional<TokenAmount> price,
        String note,
        Optional<OpenClawException> refusal) {

    /** How well it suits. */
    enum Fitness {
        GOOD,
        /** Will probably fail, so it is asked only when nobody suits: it can then say itself what is wrong. */
        DOUBTFUL,
        /** Must not be asked. */
        FORBIDDEN
    }

    boolean isLocal() {
        return model.placement() == Placement.LOCAL;
    }

    /** {@code , at most 0.05 AIT}, or nothing when it is free. */
    String priceText() {
        return price.map(amount -> ", at most " + amount).orElse("");
    }

    RouteCandidate shown(boolean eligible) {
        return new RouteCandidate(provider.id(), model.name(), model.placement(), memoryNeed, price, eligible, note);
    }
}
