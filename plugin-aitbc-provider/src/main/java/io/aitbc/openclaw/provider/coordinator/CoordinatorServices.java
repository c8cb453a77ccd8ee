package io.aitbc.openclaw.provider.coordinator;

import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * The clients of one coordinator and its marketplace service. They share connections, one login and the limits on how often
 * the network is called, which counts all of us together.
 */
public final class CoordinatorServices implements AutoCloseable {
    /**
     * Where the services are, and how they are used.
     *
     * @param settle how long a job may take to appear after the connection it was submitted over broke
     * @param encrypted whether any service is called over TLS
     */
    public record Settings(
            BaseUrl coordinator, BaseUrl marketplace, Account account, Pace pace, Duration settle, boolean encrypted) {}

    private final Settings settings;
    private final Http http;
    private final Backoff backoff;
    private final RateLimits limits;
    private final CoordinatorClient coordinator;
    private final MarketClient market;
    private final HubClient hub;
    private final ProofClient proofs;
    private final MarketplaceClient marketplace;

    public CoordinatorServices(Settings settings, InstantSource clock, RandomGenerator random) {
        this.settings = settings;
        http = new Http(clock, settings.encrypted());
        backoff = new Backoff(random);
        limits = new RateLimits(settings.pace(), backoff);
        BaseUrl base = settings.coordinator();
        Account account = settings.account();
        Access access = new Access(
                account,
                new Session(base, account.wallet(), http, limits, clock),
                new ProfileProbe(base, http, limits));
        Caller caller = Caller.of("coordinator", http, access, limits, backoff);
        coordinator = new CoordinatorClient(base, caller, backoff, clock, settings.settle());
        market = new MarketClient(base, caller);
        hub = new HubClient(base, caller);
        proofs = new ProofClient(base, caller);
        marketplace = new MarketplaceClient(settings.marketplace(), caller("marketplace service"));
    }

    /**
     * For another service of the same network, over the same connections.
     *
     * @param service as it is called in failures
     */
    public Caller caller(String service) {
        return Caller.open(service, http, limits, backoff);
    }

    /** Our jobs and payments. */
    public CoordinatorClient coordinator() {
        return coordinator;
    }

    /** What the coordinator lists in public. */
    public MarketClient market() {
        return market;
    }

    /** Direct inference on the coordinator's machine. */
    public HubClient hub() {
        return hub;
    }

    /** What the coordinator thinks of proofs. */
    public ProofClient proofs() {
        return proofs;
    }

    public MarketplaceClient marketplace() {
        return marketplace;
    }

    /** The calls of a miner, each with this key. They do not wait for one another: a miner keeps its own pace. */
    public MinerClient miner(MinerKey key) {
        return new MinerClient(settings.coordinator(), key, http);
    }

    /** What sellers do on the marketplace service. */
    public OfferPublisher publisher() {
        return new OfferPublisher(settings.marketplace(), http);
    }

    /** Ends all calls. */
    @Override
    public void close() {
        http.close();
    }
}
