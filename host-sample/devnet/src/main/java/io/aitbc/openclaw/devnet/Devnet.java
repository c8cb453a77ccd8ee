package io.aitbc.openclaw.devnet;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.LocalEngine;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running development network on loopback ports: coordinator, marketplace service and a miner that computes on a local
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
    private final MinerClient minerClient;
    private final Optional<Thread> miner;

    private Devnet(
            DevnetOptions options,
            QuirkBoard quirks,
            Coordinator coordinator,
            HttpListener coordinatorListener,
            HttpListener marketplaceListener,
            MinerClient minerClient,
            Optional<Thread> miner) {
        this.options = options;
        this.quirks = quirks;
        this.coordinator = coordinator;
        this.coordinatorListener = coordinatorListener;
        this.marketplaceListener = marketplaceListener;
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
        String address = Wallets.addressOf(new BigInteger(1, identifiers.key("miner-wallet")).shiftRight(1));
        Coordinator coordinator = new Coordinator(options, identifiers, quirks, key, minerEngine);
        Marketplace marketplace = new Marketplace(identifiers, options.clock(), quirks);
        MinerClient client = new MinerClient(coordinator, marketplace, key, options.minerId(), address);
        EmbeddedMiner miner = new EmbeddedMiner(client, minerEngine, options, quirks);
        if (options.miner()) {
            miner.start();
        }
        CoordinatorFront front =
                new CoordinatorFront(coordinator, quirks, new RateLimits(options.clock()), options.stall());
        HttpListener coordinatorListener = listen("coordinator", options.coordinatorPort(), front);
        HttpListener marketplaceListener;
        try {
            marketplaceListener =
                    listen("marketplace", options.marketplacePort(), new MarketplaceFront(marketplace, quirks));
        } catch (OpenClawException e) {
            coordinatorListener.close();
            throw e;
        }
        Optional<Thread> thread = options.miner()
                ? Optional.of(Thread.ofVirtual().name("devnet-miner").start(miner::run))
                : Optional.empty();
        Devnet devnet =
                new Devnet(options, quirks, coordinator, coordinatorListener, marketplaceListener, client, thread);
        LOG.info(
                "devnet started, not the AITBC network: coordinator={} marketplace={} miner={} quirks={}",
                devnet.coordinatorUrl(),
                devnet.marketplaceUrl(),
                options.miner() ? options.minerId() : "none",
                options.quirks());
        return devnet;
    }

    private static HttpListener listen(String name, int port, HttpListener.Service service) {
        try {
            return new HttpListener(port, service);
        } catch (RuntimeException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG,
                    "cannot open port %d for the devnet %s: choose another one or 0".formatted(port, name),
                    e);
        }
    }

    /** {@code http://127.0.0.1:PORT}, without {@code /v1}. */
    public String coordinatorUrl() {
        return "http://127.0.0.1:" + coordinatorListener.port();
    }

    /** {@code http://127.0.0.1:PORT}, without {@code /v1}. */
    public String marketplaceUrl() {
        return "http://127.0.0.1:" + marketplaceListener.port();
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
