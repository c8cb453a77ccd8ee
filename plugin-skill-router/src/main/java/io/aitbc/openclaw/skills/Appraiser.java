package io.aitbc.openclaw.skills;

import io.aitbc.openclaw.api.ErrorCategory;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PrivacyClass;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.RouteQuery;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Judges how well a provider suits a request. */
final class Appraiser {
    private final MemoryCheck memory;
    private final double headroom;

    Appraiser(MemoryCheck memory, double headroom) {
        this.memory = memory;
        this.headroom = headroom;
    }

    /** @param withMemory whether its memory need is of interest; finding out may cost something */
    Candidate local(InferenceProvider provider, ModelDescriptor model, RouteQuery query, boolean withMemory) {
        Optional<String> missing = missing(model, query);
        if (!withMemory || !(provider instanceof LocalEngine engine)) {
            return missing.map(note -> doubtful(provider, model, OptionalLong.empty(), note))
                    .orElseGet(() -> good(provider, model, OptionalLong.empty(), Optional.empty()));
        }
        MemoryCheck.Figures figures = memory.figures(engine, model.name(), query.numCtx());
        if (missing.isPresent()) {
            return doubtful(provider, model, figures.need(), missing.get());
        }
        if (!figures.fits(headroom)) {
            String note = "needs %s of memory%s, %s allowed"
                    .formatted(
                            Bytes.text(Math.round(figures.need().orElseThrow() * headroom)),
                            query.numCtx().isPresent()
                                    ? " at num_ctx " + query.numCtx().getAsInt()
                                    : "",
                            Bytes.text(figures.allowed().orElseThrow()));
            return doubtful(provider, model, figures.need(), note);
        }
        return good(provider, model, figures.need(), Optional.empty());
    }

    Candidate network(InferenceProvider provider, ModelDescriptor model, RouteQuery query) {
        Optional<String> kept = kept(provider, query.context().privacy());
        if (kept.isPresent()) {
            return forbidden(
                    provider,
                    model,
                    Optional.empty(),
                    new OpenClawException(
                            ErrorCode.MODEL_NOT_FOUND,
                            "model '%s' not found on this machine, and %s".formatted(query.model(), kept.get())));
        }
        Optional<TokenAmount> price;
        try {
            price = provider.quote(at(model, query));
        } catch (OpenClawException e) {
            return e.code().category() == ErrorCategory.BUDGET
                    ? forbidden(provider, model, Optional.empty(), e)
                    : doubtful(provider, model, OptionalLong.empty(), e.getMessage());
        }
        Optional<TokenAmount> cap = query.context().maxPrice();
        if (price.isPresent() && cap.isPresent() && isAbove(price.get(), cap.get())) {
            return forbidden(
                    provider,
                    model,
                    price,
                    new OpenClawException(
                            ErrorCode.PRICE_ABOVE_CAP,
                            "model '%s' may cost %s, the request allows %s"
                                    .formatted(model.name(), price.get(), cap.get())));
        }
        Optional<String> missing = missing(model, query);
        return missing.isPresent()
                ? doubtful(provider, model, OptionalLong.empty(), missing.get())
                : good(provider, model, OptionalLong.empty(), price);
    }

    /** Why a prompt may not be given to a network. */
    private static Optional<String> kept(InferenceProvider network, PrivacyClass privacy) {
        return switch (privacy) {
            case LOCAL_ONLY -> Optional.of("the prompt must not leave it");
            case REDACTED ->
                network.redacts()
                        ? Optional.empty()
                        : Optional.of("%s cannot keep back what is private".formatted(network.id()));
            case NETWORK_ALLOWED -> Optional.empty();
        };
    }

    /** The same question under the name the model has there. */
    private static RouteQuery at(ModelDescriptor model, RouteQuery query) {
        return new RouteQuery(
                model.name(),
                query.numCtx(),
                query.promptTokens(),
                query.numPredict(),
                query.needs(),
                query.options(),
                query.context());
    }

    private static boolean isAbove(TokenAmount price, TokenAmount cap) {
        return price.rail() != cap.rail() || price.compareTo(cap) > 0;
    }

    private static Optional<String> missing(ModelDescriptor model, RouteQuery query) {
        if (model.capabilities().containsAll(query.needs())) {
            return Optional.empty();
        }
        return Optional.of(query.needs().stream()
                .filter(need -> !model.can(need))
                .map(Capability::wireName)
                .sorted()
                .collect(Collectors.joining(", ", "does not support ", "")));
    }

    private static Candidate good(
            InferenceProvider provider, ModelDescriptor model, OptionalLong need, Optional<TokenAmount> price) {
        return new Candidate(provider, model, Candidate.Fitness.GOOD, need, price, "has the model", Optional.empty());
    }

    private static Candidate doubtful(
            InferenceProvider provider, ModelDescriptor model, OptionalLong need, String note) {
        return new Candidate(
                provider, model, Candidate.Fitness.DOUBTFUL, need, Optional.empty(), note, Optional.empty());
    }

    private static Candidate forbidden(
            InferenceProvider provider, ModelDescriptor model, Optional<TokenAmount> price, OpenClawException why) {
        return new Candidate(
                provider,
                model,
                Candidate.Fitness.FORBIDDEN,
                OptionalLong.empty(),
                price,
                why.getMessage(),
                Optional.of(why));
    }
}
