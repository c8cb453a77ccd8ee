package io.aitbc.openclaw.skills;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.Placement;
import io.aitbc.openclaw.api.inference.RouteQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds who has a model and decides in which order they are asked. */
final class Planner {
    private final Extensions extensions;
    private final Offload offload;
    private final Appraiser appraiser;
    private final Breakers breakers;

    Planner(Extensions extensions, RouterSettings settings, MemoryCheck memory, Breakers breakers) {
        this.extensions = extensions;
        this.offload = settings.offload();
        this.appraiser = new Appraiser(memory, settings.memoryHeadroom());
        this.breakers = breakers;
    }

    /**
     * @param complete whether everything about every candidate is of interest, and not only what decides
     * @throws OpenClawException with MODEL_NOT_FOUND when nobody has the model
     */
    Plan plan(RouteQuery query, boolean complete) {
        Lookup lookup = new Lookup(query.model());
        List<InferenceProvider> locals = locals();
        List<InferenceProvider> networks = networks();
        List<Found> local = lookup.in(locals, query.model());
        boolean namesNetwork = offload != Offload.OFF && ModelNames.mayNameNetwork(query.model());
        List<Found> network = namesNetwork ? lookup.in(networks, query.model()) : List.of();
        boolean networkNamed = local.isEmpty() && !network.isEmpty();
        if (offload == Offload.AUTO) {
            if (networkNamed) {
                local = lookup.localTwins(locals, network);
            } else if (network.isEmpty()) {
                network = lookup.qualified(networks, query.model());
            }
        }
        if (local.isEmpty() && network.isEmpty()) {
            return nobody(query, lookup, networks);
        }
        boolean withMemory = complete || local.size() + network.size() > 1;
        List<Candidate> candidates = new ArrayList<>();
        List<Candidate> localCandidates = local.stream()
                .map(found -> appraiser.local(
                        found.provider(), found.model(), query, withMemory && !isOpen(found.provider())))
                .toList();
        List<Candidate> networkCandidates = network.stream()
                .map(found -> appraiser.network(found.provider(), found.model(), query))
                .toList();
        candidates.addAll(networkNamed ? networkCandidates : localCandidates);
        candidates.addAll(networkNamed ? localCandidates : networkCandidates);
        return arranged(query.model(), networkNamed, candidates, lookup.failures());
    }

    private Plan arranged(
            String model, boolean networkNamed, List<Candidate> candidates, List<Failure> lookupFailures) {
        List<Candidate> order = eligible(networkNamed, candidates);
        List<Candidate> others = candidates.stream()
                .filter(candidate -> !order.contains(candidate))
                .toList();
        String reason = Reasons.of(networkNamed, order, others);
        return new Plan(model, networkNamed, reason, order, others, lookupFailures);
    }

    private List<Candidate> eligible(boolean networkNamed, List<Candidate> candidates) {
        boolean priceRefused = candidates.stream()
                .flatMap(candidate -> candidate.refusal().stream())
                .anyMatch(refusal -> refusal.code() != ErrorCode.MODEL_NOT_FOUND);
        if (networkNamed && priceRefused) {
            return with(candidates, Candidate.Fitness.GOOD).stream()
                    .filter(candidate -> !candidate.isLocal())
                    .toList();
        }
        List<Candidate> good = with(candidates, Candidate.Fitness.GOOD);
        if (!good.isEmpty()) {
            return unreachableLast(good);
        }
        List<Candidate> doubtful = with(candidates, Candidate.Fitness.DOUBTFUL);
        List<Candidate> local = doubtful.stream().filter(Candidate::isLocal).toList();
        return local.isEmpty() ? doubtful : local;
    }

    private static List<Candidate> with(List<Candidate> candidates, Candidate.Fitness fitness) {
        return candidates.stream()
                .filter(candidate -> candidate.fitness() == fitness)
                .toList();
    }

    private List<Candidate> unreachableLast(List<Candidate> candidates) {
        if (candidates.size() < 2) {
            return candidates;
        }
        List<Candidate> order = new ArrayList<>();
        List<Candidate> last = new ArrayList<>();
        for (Candidate candidate : candidates) {
            (isOpen(candidate.provider()) ? last : order).add(candidate);
        }
        order.addAll(last);
        return order;
    }

    private boolean isOpen(InferenceProvider provider) {
        return breakers.of(provider).isOpen();
    }

    /** Says what would help, when something would. */
    private Plan nobody(RouteQuery query, Lookup lookup, List<InferenceProvider> networks) {
        if (!lookup.failures().isEmpty()) {
            return Plan.nobody(query.model(), lookup.failures());
        }
        List<Found> elsewhere = ModelNames.mayNameNetwork(query.model())
                ? lookup.in(networks, query.model())
                : lookup.qualified(networks, query.model());
        if (elsewhere.isEmpty()) {
            throw Failure.notFound(query.model());
        }
        String help = offload == Offload.OFF
                ? "a network has it, but plugins.skill-router.offload is off"
                : "a network has it: ask for '%s'"
                        .formatted(elsewhere.getFirst().model().name());
        throw new OpenClawException(
                ErrorCode.MODEL_NOT_FOUND, "model '%s' not found; %s".formatted(query.model(), help));
    }

    private List<InferenceProvider> locals() {
        List<InferenceProvider> all = new ArrayList<>(extensions.all(LocalEngine.class));
        for (InferenceProvider provider : extensions.all(InferenceProvider.class)) {
            boolean isNew = all.stream().noneMatch(known -> known.id().equals(provider.id()));
            if (isNew && provider.placement() == Placement.LOCAL) {
                all.add(provider);
            }
        }
        return all;
    }

    private List<InferenceProvider> networks() {
        return extensions.all(InferenceProvider.class).stream()
                .filter(provider -> provider.placement() == Placement.NETWORK)
                .toList();
    }

    /** A provider that has the model. */
    record Found(InferenceProvider provider, ModelDescriptor model) {}

    /** Asks providers for a model and keeps the failures of those that could not say. */
    private final class Lookup {
        private final String wanted;
        private final List<Failure> failures = new ArrayList<>();

        Lookup(String wanted) {
            this.wanted = wanted;
        }

        List<Found> in(List<InferenceProvider> providers, String name) {
            List<Found> found = new ArrayList<>();
            for (InferenceProvider provider : providers) {
                find(provider, name).ifPresent(model -> found.add(new Found(provider, model)));
            }
            return found;
        }

        /** The model on networks under the name it has there: {@code aitbc/m:tag} for {@code m:tag}. */
        List<Found> qualified(List<InferenceProvider> networks, String name) {
            List<Found> found = new ArrayList<>();
            for (InferenceProvider provider : networks) {
                find(provider, provider.id() + "/" + name).ifPresent(model -> found.add(new Found(provider, model)));
            }
            return found;
        }

        /** Local models of the name a network model has behind its network; none when a miner was asked for by name. */
        List<Found> localTwins(List<InferenceProvider> locals, List<Found> network) {
            for (Found found : network) {
                Optional<String> bare =
                        ModelNames.withoutNamespace(wanted, found.provider().id());
                if (bare.isPresent()) {
                    return in(locals, bare.get());
                }
            }
            return List.of();
        }

        private Optional<ModelDescriptor> find(InferenceProvider provider, String name) {
            try {
                return provider.find(name);
            } catch (OpenClawException e) {
                breakers.of(provider).failed(e.code());
                failures.add(new Failure(provider.id(), e));
                return Optional.empty();
            }
        }

        List<Failure> failures() {
            return List.copyOf(failures);
        }
    }
}
