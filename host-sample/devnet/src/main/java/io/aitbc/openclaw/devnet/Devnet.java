package io.aitbc.openclaw.devnet;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.LocalEngine;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running development network on loopback ports: coordinator, marketplace service, chain node and a miner that computes on a local
 * engine. Signatures are real; money, reputation and the rest of the world are not.
 *
 * <p>It behaves as the network does by default, its defects included. {@link Quirk}s add faults or take the defects away,
 * at the start or while it runs.
 */
public final class Devnet implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Devnet.class);

    private final DevnetOptions options;
    private final QuirkBoard quirks;
    private final Coordinator coordinator;
    private final HttpListener coordinatorListener;
    private final HttpListener marketplaceListener;
    private final HttpListener chainListener;
    private final MinerClient minerClient;
    private final Optional<Thread> miner;

    private Devnet(
            DevnetOptions options,
            QuirkBoard quirks,
            Coordinator coordinator,
            List<HttpListener> listeners,
            MinerClient minerClient,
            Optional<Thread> miner) {
        this.options = options;
        this.quirks = quirks;
        this.coordinator = coordinator;
        this.coordinatorListener = listeners.get(0);
        this.marketplaceListener = listeners.get(1);
        this.chainListener = listeners.get(2);
        this.minerClient = minerClient;
        this.miner = miner;
    }

    /**
     * Starts a devnet. It is ready when this returns: ports are open, the miner is registered and its offers are listed.
     *
     * @param minerEngine computes the jobs and the hub's direct inference; stays the caller's to close, after the devnet
     * @throws OpenClawException {@link ErrorCode#INVALID_CONFIG} when a port cannot be opened
     */
    public static Devnet start(DevnetOptions options, LocalEngine minerEngine) {
        QuirkBoard quirks = new QuirkBoard(options.quirks());
        Identifiers identifiers = new Identifiers(options.seed());
        String key = identifiers.hex(16);
        Chain chain = new Chain(identifiers, options.clock(), options.chainId(), options.blockTime());
        Coordinator coordinator = new Coordinator(options, identifiers, quirks, key, minerEngine, chain);
        Marketplace marketplace = new Marketplace(identifiers, options.clock(), quirks);
        // Wallet arithmetic and the HTTP server each take a while in a fresh JVM, so they start side by side.
        FutureTask<MinerClient> connecting = new FutureTask<>(() -> {
            String address = Wallets.addressOf(new BigInteger(1, identifiers.key("miner-wallet")).shiftRight(1));
            return new MinerClient(coordinator, marketplace, key, options.minerId(), address);
        });
        Thread.ofVirtual().name("devnet-wallet").start(connecting);
        CoordinatorFront front =
                new CoordinatorFront(coordinator, quirks, new RateLimits(options.clock()), options.stall());
        List<HttpListener> listeners = listen(List.of(
                new Port("coordinator", options.coordinatorPort(), front),
                new Port("marketplace", options.marketplacePort(), new MarketplaceFront(marketplace, quirks)),
                new Port("chain", options.chainPort(), new ChainRoutes(chain, quirks))));
        MinerClient client = get(connecting);
        EmbeddedMiner miner = new EmbeddedMiner(client, minerEngine, options, quirks);
        Optional<Thread> thread = options.miner() ? Optional.of(start(miner, listeners)) : Optional.empty();
        Devnet devnet = new Devnet(options, quirks, coordinator, listeners, client, thread);
        LOG.info(
                "devnet started, not the AITBC network: coordinator={} marketplace={} chain={} miner={} quirks={}",
                devnet.coordinatorUrl(),
                devnet.marketplaceUrl(),
                devnet.chainUrl(),
                options.miner() ? options.minerId() : "none",
                options.quirks());
        return devnet;
    }

    private static Thread start(EmbeddedMiner miner, List<HttpListener> listeners) {
        try {
            miner.start();
        } catch (RuntimeException e) {
            listeners.forEach(HttpListener::close);
            throw e;
        }
        return Thread.ofVirtual().name("devnet-miner").start(miner::run);
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
    private static List<HttpListener> listen(List<Port> ports) {
        List<HttpListener> open = new ArrayList<>();
        for (Port port : ports) {
            try {
                open.add(new HttpListener(port.number(), port.service()));
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
        return "http://127.0.0.1:" + coordinatorListener.port();
    }

    /** {@code http://127.0.0.1:PORT}, without {@code /v1}. */
    public String marketplaceUrl() {
        return "http://127.0.0.1:" + marketplaceListener.port();
    }

    /** {@code http://127.0.0.1:PORT}, without {@code /rpc}. */
    public String chainUrl() {
        return "http://127.0.0.1:" + chainListener.port();
    }

    /** The Ed25519 public key that signs receipts, Base64url without padding: what a client pins. */
    public String receiptKeyId() {
        return coordinator.signingKeyId();
    }

    /** The key of the second signature of each receipt, in the same form. */
    public String attestationKeyId() {
        return coordinator.attestationKeyId();
    }

    /** Name of the embedded miner, as it stands in {@code assigned_miner_id} and in receipts. */
    public String minerId() {
        return options.minerId();
    }

    /** Where the miner wants to be paid: {@code 0x} and 40 hexadecimal digits in lower case. */
    public String minerAddress() {
        return minerClient.walletAddress();
    }

    /** API key with which other miners can work for this devnet. */
    public String minerKey() {
        return minerClient.key();
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

    /** Closes ports and stops the miner, within a second or so. More than once does nothing. */
    @Override
    public void close() {
        quirks.close();
        coordinatorListener.close();
        marketplaceListener.close();
        chainListener.close();
        miner.ifPresent(Devnet::join);
    }

    private static void join(Thread thread) {
        try {
            if (!thread.join(Duration.ofSeconds(2))) {
                LOG.warn("devnet miner is still computing");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
