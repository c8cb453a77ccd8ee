package io.aitbc.openclaw.devnet;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.LocalEngine;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running development network on loopback ports: coordinator, marketplace service, chain node, agent
 * registry and miners that compute on local engines. Signatures are real; money, reputation and the rest of the world are not.
 *
 * <p>It behaves as the network does by default, its defects included. {@link Quirk}s add faults or take the defects away,
 * at the start or while it runs.
 */
public final class Devnet implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Devnet.class);

    private final DevnetOptions options;
    private final VirtualClock clock;
    private final QuirkBoard quirks;
    private final DevnetWorld world;
    private final List<HttpListener> listeners;
    private final String minerAddress;
    private final String minerKey;

    private Devnet(
            DevnetOptions options,
            VirtualClock clock,
            DevnetWorld world,
            List<HttpListener> listeners,
            String minerAddress,
            String minerKey) {
        this.options = options;
        this.clock = clock;
        this.quirks = world.quirks();
        this.world = world;
        this.listeners = listeners;
        this.minerAddress = minerAddress;
        this.minerKey = minerKey;
    }

    /**
     * Starts a devnet. It is ready when this returns: ports are open, the miners are registered and their offers are listed.
     *
     * @param minerEngine computes the hub's direct inference, and the jobs of miners without an engine of their own; stays the
     *     caller's to close, after the devnet
     * @throws OpenClawException {@link ErrorCode#INVALID_CONFIG} when a port cannot be opened
     */
    public static Devnet start(DevnetOptions options, LocalEngine minerEngine) {
        VirtualClock clock = new VirtualClock(options.clock());
        DevnetOptions timed = options.withClock(clock);
        QuirkBoard quirks = new QuirkBoard(options.quirks());
        Identifiers identifiers = new Identifiers(options.seed());
        String key = identifiers.hex(16);
        List<MinerOptions> crewOptions = options.crew();
        String firstMiner = crewOptions.isEmpty()
                ? options.minerId()
                : crewOptions.getFirst().id();
        // Wallet arithmetic and the HTTP server each take a while in a fresh JVM, so they start side by side.
        FutureTask<String> wallet = new FutureTask<>(() -> MinerCrew.wallet(identifiers, firstMiner, true));
        Thread.ofVirtual().name("devnet-wallet").start(wallet);
        Chain chain = new Chain(identifiers, clock, quirks, options.chainId(), options.blockTime());
        Coordinator coordinator = new Coordinator(timed, identifiers, quirks, key, minerEngine, chain);
        Marketplace marketplace = new Marketplace(identifiers, clock, quirks, chain);
        AgentRegistry registry = new AgentRegistry(clock, quirks);
        MinerCrew crew = new MinerCrew(coordinator, marketplace, identifiers, timed, quirks, minerEngine, key);
        RateLimits coordinatorLimits = new RateLimits(clock);
        RateLimits chainLimits = new RateLimits(clock);
        DevnetWorld world = new DevnetWorld(
                coordinator, marketplace, registry, chain, crew, quirks, List.of(coordinatorLimits, chainLimits));
        CoordinatorFront front = new CoordinatorFront(
                coordinator, new Admin(quirks, clock, world), quirks, coordinatorLimits, options.stall());
        List<HttpListener> listeners = listen(
                List.of(
                        new Port("coordinator", options.coordinatorPort(), front),
                        new Port("marketplace", options.marketplacePort(), new MarketplaceFront(marketplace, quirks)),
                        new Port("chain", options.chainPort(), new ChainRoutes(chain, quirks, chainLimits)),
                        new Port("agent registry", options.registryPort(), registry)),
                options.profile() == Profile.MARCH ? WireJson.Floats.PYTHON : WireJson.Floats.RUST);
        Devnet devnet = new Devnet(options, clock, world, listeners, get(wallet), key);
        devnet.hire(crewOptions);
        LOG.info(
                "devnet started, not the AITBC network: coordinator={} marketplace={} chain={} registry={} miners={} profile={} quirks={}",
                devnet.coordinatorUrl(),
                devnet.marketplaceUrl(),
                devnet.chainUrl(),
                devnet.registryUrl(),
                crewOptions.stream().map(MinerOptions::id).toList(),
                options.profile().wireName(),
                options.quirks());
        return devnet;
    }

    private void hire(List<MinerOptions> crew) {
        try {
            for (int i = 0; i < crew.size(); i++) {
                if (i == 0) {
                    world.crew().add(crew.getFirst(), minerAddress, "");
                } else {
                    world.crew().add(crew.get(i));
                }
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static <T> T get(FutureTask<T> task) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("the devnet's wallet cannot be made", e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private record Port(String name, int number, HttpListener.Service service) {}

    /** Opens all of them or none. */
    private static List<HttpListener> listen(List<Port> ports, WireJson.Floats floats) {
        List<HttpListener> open = new ArrayList<>();
        for (Port port : ports) {
            try {
                open.add(new HttpListener(port.number(), port.service(), floats));
            } catch (RuntimeException e) {
                open.forEach(HttpListener::close);
                throw new OpenClawException(
                        ErrorCode.INVALID_CONFIG,
                        "cannot open port %d for the devnet %s: choose another one or 0"
                                .formatted(port.number(), port.name()),
                        e);
            }
        }
        return open;
    }

    /** {@code http://127.0.0.1:PORT}, without {@code /v1}. */
    public String coordinatorUrl() {
        return "http://127.0.0.1:" + listeners.get(0).port();
    }

    /** {@code http://127.0.0.1:PORT}, without {@code /v1}. */
    public String marketplaceUrl() {
        return "http://127.0.0.1:" + listeners.get(1).port();
    }

    /** {@code http://127.0.0.1:PORT}, without {@code /rpc}. */
    public String chainUrl() {
        return "http://127.0.0.1:" + listeners.get(2).port();
    }

    /** {@code http://127.0.0.1:PORT}, without {@code /v1}: the agent coordinator's registry. */
    public String registryUrl() {
        return "http://127.0.0.1:" + listeners.get(3).port();
    }

    /** The Ed25519 public key that signs receipts, Base64url without padding: what a client pins. */
    public String receiptKeyId() {
        return world.coordinator().signingKeyId();
    }

    /** The key of the second signature of each receipt, in the same form. */
    public String attestationKeyId() {
        return world.coordinator().attestationKeyId();
    }

    /** Name of the first embedded miner, as it stands in {@code assigned_miner_id} and in receipts. */
    public String minerId() {
        return options.crew().stream().findFirst().map(MinerOptions::id).orElse(options.minerId());
    }

    /** Where the first miner wants to be paid: {@code 0x} and 40 hexadecimal digits in lower case. */
    public String minerAddress() {
        return minerAddress;
    }

    /** The embedded miners that run now, in the order in which they came. */
    public List<MinerOptions> miners() {
        return world.crew().list();
    }

    /**
     * Starts another embedded miner: it is registered and its offers are listed when this returns.
     *
     * @throws OpenClawException {@link ErrorCode#INVALID_CONFIG} when there is one of that name
     */
    public void addMiner(MinerOptions miner) {
        world.addMiner(miner);
    }

    /**
     * Stops and deregisters a miner, embedded or not, and takes an embedded one's offers off the marketplace.
     *
     * @return false when there is none of that name
     */
    public boolean removeMiner(String minerId) {
        return world.removeMiner(minerId);
    }

    /** The Ollama API of an embedded miner that has one, without {@code /api}. */
    public Optional<URI> publicEndpoint(String minerId) {
        return world.crew().endpoint(minerId);
    }

    /** Gives a miner something to lose, in AIT: without it jobs of 10 AIT and more pass it by. */
    public void bond(String minerId, BigDecimal amount) {
        world.bond(minerId, amount);
    }

    /** Lists offers on the marketplace; those with a public endpoint are written into the chain too. */
    public void publish(List<SoftwareOffer> offers) {
        world.publish(offers);
    }

    /** The clock that decides about expiry, rate windows, blocks, caches and ages. Put it forward to test them. */
    public VirtualClock clock() {
        return clock;
    }

    /** Starts the chain node again: its escrows lose their fractions of an AIT, as on the network. */
    public void restartChain() {
        world.restartChain();
    }

    /** Forgets jobs, payments, money, offers and agents, and switches all quirks off. Miners, keys and tokens stay. */
    public void reset() {
        world.reset();
    }

    /** API key with which other miners can work for this devnet. */
    public String minerKey() {
        return minerKey;
    }

    /** Switches quirks on until they are switched off. */
    public void enable(Quirk... wanted) {
        for (Quirk quirk : wanted) {
            quirks.enable(quirk);
        }
    }

    /**
     * Switches a quirk on for a number of times.
     *
     * @param times how often it strikes before it is off again, at least 1
     */
    public void enable(Quirk quirk, int times) {
        quirks.enable(quirk, times);
    }

    public void disable(Quirk... unwanted) {
        for (Quirk quirk : unwanted) {
            quirks.disable(quirk);
        }
    }

    /** What is on now. */
    public Set<Quirk> quirks() {
        return quirks.enabled();
    }

    /** Closes ports and stops the miners, within a second or so. More than once does nothing. */
    @Override
    public void close() {
        quirks.close();
        listeners.forEach(HttpListener::close);
        world.crew().close();
    }
}
