package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.network.ComputeNetwork;
import io.aitbc.openclaw.api.network.JobSummary;
import io.aitbc.openclaw.api.network.NetworkStatus;
import io.aitbc.openclaw.api.network.Offer;
import io.aitbc.openclaw.api.network.OfferQuery;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.coordinator.CoordinatorClient;
import io.aitbc.openclaw.provider.coordinator.GpuListing;
import io.aitbc.openclaw.provider.coordinator.MarketplaceClient;
import io.aitbc.openclaw.provider.coordinator.SoftwareOffer;
import io.aitbc.openclaw.provider.coordinator.Wallet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** What is for sale on AITBC, and our jobs there. */
final class AitbcComputeNetwork implements ComputeNetwork {
    private static final String GPU = "gpu";
    private static final int MOST_GPUS = 500;

    private final AitbcSettings settings;
    private final CoordinatorClient client;
    private final MarketplaceClient marketplace;
    private final CallScope scope = new CallScope();

    AitbcComputeNetwork(PluginContext context, AitbcSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.client = new CoordinatorClient(settings.coordinator(), settings.wallet(), context.clock(), random);
        this.marketplace = new MarketplaceClient(settings.marketplace(), context.clock(), random);
    }

    @Override
    public String id() {
        return AitbcInferenceProvider.ID;
    }

    @Override
    public NetworkStatus status() {
        Optional<String> problem = Optional.empty();
        boolean reachable = true;
        try {
            client.health(scope);
            if (settings.wallet().isEmpty()) {
                problem = Optional.of("no wallet key: offers can be read, nothing can be bought");
            } else if (settings.coordinator().plainOverNetwork()) {
                problem = Optional.of("prompts and tokens travel unencrypted: use an https URL");
            }
        } catch (OpenClawException e) {
            reachable = e.upstreamStatus().isPresent();
            problem = Optional.ofNullable(e.getMessage());
        }
        return new NetworkStatus(
                settings.coordinator().toString(),
                reachable,
                settings.wallet().map(Wallet::address),
                problem,
                settings.testNetwork());
    }

    @Override
    public List<Offer> offers(OfferQuery query) {
        boolean gpus = query.serviceType().map(GPU::equals).orElse(true);
        boolean software = query.serviceType().map(type -> !type.equals(GPU)).orElse(true);
        Stream<Offer> all = Stream.concat(
                software ? marketplace.softwareOffers(scope).stream().map(AitbcComputeNetwork::offer) : Stream.empty(),
                gpus ? client.gpus(MOST_GPUS, scope).stream().map(AitbcComputeNetwork::offer) : Stream.empty());
        return all.filter(offer -> matches(query, offer))
                .sorted(Comparator.comparing(Offer::priceUnit)
                        .thenComparing(Offer::price)
                        .thenComparing(Offer::offerId))
                .limit(query.limit())
                .toList();
    }

    private static boolean matches(OfferQuery query, Offer offer) {
        return query.serviceType().map(offer.serviceType()::equals).orElse(true)
                && query.model()
                        .map(model -> lower(offer.model()).contains(lower(model)))
                        .orElse(true)
                && query.maxPrice()
                        .map(most -> offer.price().compareTo(most) <= 0)
                        .orElse(true)
                && (offer.active() || !query.onlyActive());
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static Offer offer(SoftwareOffer offer) {
        return new Offer(
                AitbcInferenceProvider.ID,
                offer.offerId(),
                offer.serviceType(),
                offer.model(),
                offer.price(),
                offer.priceUnit(),
                Rail.AITBC.symbol(),
                offer.nodeId().or(offer::providerAddress).orElse("unknown"),
                offer.providerAddress(),
                offer.gpuName(),
                offer.endpoint(),
                offer.registeredAt(),
                offer.active());
    }

    private static Offer offer(GpuListing gpu) {
        return new Offer(
                AitbcInferenceProvider.ID,
                gpu.id(),
                GPU,
                gpu.model(),
                gpu.pricePerHour(),
                "per_hour",
                Rail.AITBC.symbol(),
                gpu.minerId(),
                Optional.empty(),
                Optional.of(gpu.model()),
                Optional.empty(),
                gpu.createdAt(),
                gpu.available());
    }

    @Override
    public List<JobSummary> jobs(int limit) {
        return client.jobs(limit, 0, scope).stream()
                .limit(limit)
                .map(job ->
                        new JobSummary(job.jobId(), job.state().name(), job.miner(), job.requestedAt(), job.error()))
                .toList();
    }

    @Override
    public void close() {
        scope.cancel();
        client.close();
        marketplace.close();
    }
}
