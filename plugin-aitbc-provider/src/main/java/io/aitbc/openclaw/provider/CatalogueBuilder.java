package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.ModelOffer;
import io.aitbc.openclaw.api.inference.Placement;
import io.aitbc.openclaw.provider.coordinator.SoftwareOffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** Makes a catalogue of models from software offers. What an offer does not say stays empty. */
final class CatalogueBuilder {
    private static final String PER_1K_TOKENS = "per_1k_tokens";
    private static final Comparator<SoftwareOffer> CHEAPEST_FIRST =
            Comparator.comparing(SoftwareOffer::price).thenComparing(SoftwareOffer::offerId);

    private final OptionalInt contextLength;

    CatalogueBuilder(OptionalInt contextLength) {
        this.contextLength = contextLength;
    }

    /**
     * Models under all names they answer to, in the form of {@link ModelNames#key}.
     *
     * @param advertised one model for each name that is listed
     */
    record Catalogue(List<NetworkModel> advertised, Map<String, NetworkModel> byKey) {
        static final Catalogue EMPTY = new Catalogue(List.of(), Map.of());
    }

    Catalogue build(List<SoftwareOffer> offers) {
        Map<String, List<SoftwareOffer>> byModel = new TreeMap<>();
        for (SoftwareOffer offer : offers) {
            if (usable(offer)) {
                byModel.computeIfAbsent(ModelNames.key(offer.model()), key -> new ArrayList<>())
                        .add(offer);
            }
        }
        List<NetworkModel> advertised = new ArrayList<>();
        Map<String, NetworkModel> byKey = new LinkedHashMap<>();
        byModel.values().forEach(same -> {
            same.sort(CHEAPEST_FIRST);
            String remote = ModelNames.tagged(same.getFirst().model());
            NetworkModel model = model(ModelNames.NAMESPACE + remote, remote, same, Optional.empty());
            advertised.add(model);
            byKey.put(ModelNames.key(model.descriptor().name()), model);
        });
        // After all advertised names, so that a miner cannot take one over with its id.
        byModel.values().forEach(same -> pinned(same, byKey));
        return new Catalogue(List.copyOf(advertised), Map.copyOf(byKey));
    }

    /** What can be bought as a job: an offer without an address cannot be paid, one per hour has no price for a job. */
    private static boolean usable(SoftwareOffer offer) {
        boolean free = offer.price().signum() == 0;
        return offer.active()
                && offer.serviceType().equals("ollama")
                && ModelNames.usable(offer.model())
                && (free
                        || (offer.priceUnit().equals(PER_1K_TOKENS)
                                && offer.providerAddress().isPresent()));
    }

    private void pinned(List<SoftwareOffer> same, Map<String, NetworkModel> byKey) {
        Map<String, List<SoftwareOffer>> byMiner = new LinkedHashMap<>();
        same.forEach(offer -> offer.nodeId()
                .ifPresent(miner ->
                        byMiner.computeIfAbsent(miner, key -> new ArrayList<>()).add(offer)));
        byMiner.forEach((miner, offers) -> {
            String remote = ModelNames.tagged(offers.getFirst().model());
            NetworkModel model = model(miner + "/" + remote, remote, offers, Optional.of(miner));
            byKey.putIfAbsent(ModelNames.key(miner + "/" + remote), model);
            byKey.putIfAbsent(ModelNames.key(remote + "@" + miner), model);
            byKey.putIfAbsent(ModelNames.key(ModelNames.NAMESPACE + remote + "@" + miner), model);
        });
    }

    private NetworkModel model(String name, String remote, List<SoftwareOffer> offers, Optional<String> pinned) {
        Optional<Instant> modified =
                offers.stream().flatMap(offer -> offer.registeredAt().stream()).max(Comparator.naturalOrder());
        ModelDescriptor descriptor = new ModelDescriptor(
                name,
                AitbcInferenceProvider.ID,
                Placement.NETWORK,
                Set.of(Capability.COMPLETION, Capability.TOOLS),
                contextLength,
                OptionalLong.empty(),
                Optional.empty(),
                modified,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                offers.stream().map(CatalogueBuilder::offer).toList());
        return new NetworkModel(descriptor, remote, offers, pinned);
    }

    private static ModelOffer offer(SoftwareOffer offer) {
        return new ModelOffer(
                offer.offerId(),
                offer.nodeId().or(offer::providerAddress).orElse("unknown"),
                ModelNames.tagged(offer.model()),
                offer.price(),
                offer.priceUnit(),
                Rail.AITBC.symbol(),
                offer.gpuName());
    }
}
