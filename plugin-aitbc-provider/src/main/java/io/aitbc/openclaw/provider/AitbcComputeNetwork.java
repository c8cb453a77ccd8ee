package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.network.Agent;
import io.aitbc.openclaw.api.network.AgentQuery;
import io.aitbc.openclaw.api.network.ChainStatus;
import io.aitbc.openclaw.api.network.ComputeNetwork;
import io.aitbc.openclaw.api.network.ExchangeRate;
import io.aitbc.openclaw.api.network.JobSummary;
import io.aitbc.openclaw.api.network.NetworkStatus;
import io.aitbc.openclaw.api.network.Offer;
import io.aitbc.openclaw.api.network.OfferQuery;
import io.aitbc.openclaw.provider.chain.ChainAddress;
import io.aitbc.openclaw.provider.chain.ChainClient;
import io.aitbc.openclaw.provider.chain.ChainHead;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.coordinator.CoordinatorServices;
import io.aitbc.openclaw.provider.coordinator.GpuListing;
import io.aitbc.openclaw.provider.coordinator.GpuQuery;
import io.aitbc.openclaw.provider.coordinator.JobQuery;
import io.aitbc.openclaw.provider.coordinator.Profile;
import io.aitbc.openclaw.provider.coordinator.SoftwareOffer;
import io.aitbc.openclaw.provider.coordinator.Wallet;
import io.aitbc.openclaw.provider.registry.AgentEntry;
import io.aitbc.openclaw.provider.registry.AgentRegistryClient;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is for sale on AITBC, and our jobs there. */
final class AitbcComputeNetwork implements ComputeNetwork {
    private static final String GPU = "gpu";

    private final AitbcSettings settings;
    private final CoordinatorServices coordinator;
    private final Optional<ChainClient> chain;
    private final Optional<AgentRegistryClient> registry;
    private final CallScope scope = new CallScope();

    AitbcComputeNetwork(PluginContext context, AitbcSettings settings, RandomGenerator random) {
        this.settings = settings;
        Services services = Services.of(context, settings, random);
        this.coordinator = services.coordinator();
        this.chain = services.chain();
        this.registry = services.registry();
    }

    @Override
    public String id() {
        return AitbcInferenceProvider.ID;
    }

    @Override
    public NetworkStatus status() {
        List<String> problems = new ArrayList<>();
        boolean reachable = true;
        Optional<Profile> profile = Optional.empty();
        try {
            coordinator.coordinator().health(scope);
            profile = Optional.of(coordinator.coordinator().profile(scope));
            configuration().ifPresent(problems::add);
            profile.filter(settings.access()::tooOld)
                    .ifPresent(spoken -> problems.add(
                            "it speaks the protocol '%s', which is older than lowest-profile allows: nothing is bought"
                                    .formatted(spoken.wireName())));
        } catch (OpenClawException e) {
            reachable = e.upstreamStatus().isPresent();
            problems.add(String.valueOf(e.getMessage()));
        }
        Optional<ChainStatus> chainStatus = chain.flatMap(node -> chainStatus(node, problems));
        return new NetworkStatus(
                settings.coordinator().toString(),
                reachable,
                settings.wallet().map(Wallet::address),
                problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems)),
                settings.testNetwork(),
                profile.map(Profile::wireName),
                chainStatus);
    }

    private Optional<String> configuration() {
        if (settings.wallet().isEmpty()) {
            return Optional.of("no wallet key: offers can be read, nothing can be bought");
        }
        return settings.coordinator().plainOverNetwork()
                ? Optional.of("prompts and tokens travel unencrypted: use an https URL")
                : Optional.empty();
    }

    private Optional<ChainStatus> chainStatus(ChainClient node, List<String> problems) {
        try {
            Optional<ChainHead> head = node.head(scope);
            return Optional.of(new ChainStatus(
                    settings.access().chain().orElseThrow().toString(),
                    head.map(ChainHead::height).orElse(0L),
                    head.flatMap(ChainHead::at),
                    settings.wallet()
                            .map(wallet -> new ChainAddress(wallet.address()))
                            .map(address -> new TokenAmount(node.balance(address, scope), Rail.AITBC))));
        } catch (OpenClawException e) {
            problems.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    @Override
    public List<ExchangeRate> rates() {
        return coordinator.market().rates(scope).rates().stream()
                .filter(rate -> !symbol(rate.from()).equals(symbol(rate.to())))
                .map(rate -> new ExchangeRate(symbol(rate.from()), symbol(rate.to()), rate.value()))
                .toList();
    }

    /** The network calls its coin AITBC in some places and AIT in others. */
    private static String symbol(String name) {
        return name.equals("AITBC") ? Rail.AITBC.symbol() : name;
    }

    @Override
    public List<Agent> agents(AgentQuery query) {
        return registry
                .map(client -> client.discover(query.type(), query.capabilities(), scope))
                .orElse(List.of())
                .stream()
                .collect(Collectors.toMap(AgentEntry::agentId, Function.identity(), (one, same) -> one, TreeMap::new))
                .values()
                .stream()
                .limit(query.limit())
                .map(AitbcComputeNetwork::agent)
                .toList();
    }

    private static Agent agent(AgentEntry entry) {
        return new Agent(
                AitbcInferenceProvider.ID,
                entry.agentId(),
                entry.type(),
                entry.status(),
                entry.capabilities(),
                entry.services(),
                entry.endpoints(),
                entry.lastHeartbeat());
    }

    @Override
    public List<Offer> offers(OfferQuery query) {
        boolean gpus = query.serviceType().map(GPU::equals).orElse(true);
        boolean software = query.serviceType().map(type -> !type.equals(GPU)).orElse(true);
        Stream<Offer> all = Stream.concat(
                software
                        ? coordinator.marketplace().softwareOffers(scope).stream()
                                .map(AitbcComputeNetwork::offer)
                        : Stream.empty(),
                gpus
                        ? coordinator.market().gpus(gpuQuery(query), scope).stream()
                                .map(AitbcComputeNetwork::offer)
                        : Stream.empty());
        return all.filter(offer -> matches(query, offer))
                .sorted(Comparator.comparing(Offer::priceUnit)
                        .thenComparing(Offer::price)
                        .thenComparing(Offer::offerId))
                .limit(query.limit())
                .toList();
    }

    /** The list filters models by their exact name only, so that is left to us. */
    private static GpuQuery gpuQuery(OfferQuery query) {
        return new GpuQuery(query.onlyActive(), Optional.empty(), Optional.empty(), query.maxPrice(), GpuQuery.MOST);
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
        return coordinator.coordinator().jobs(JobQuery.newest(limit), scope).stream()
                .limit(limit)
                .map(job ->
                        new JobSummary(job.jobId(), job.state().name(), job.miner(), job.requestedAt(), job.error()))
                .toList();
    }

    @Override
    public void close() {
        scope.cancel();
    }
}
