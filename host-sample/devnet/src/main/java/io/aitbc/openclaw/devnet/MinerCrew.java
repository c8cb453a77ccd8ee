package io.aitbc.openclaw.devnet;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.LocalEngine;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embedded miners of a devnet, each on a thread of its own. */
final class MinerCrew implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MinerCrew.class);
    private static final int MOST = 256;

    private record Member(MinerOptions options, EmbeddedMiner miner, Optional<HttpListener> endpoint, Thread thread) {}

    private final Coordinator coordinator;
    private final Marketplace marketplace;
    private final Identifiers identifiers;
    private final DevnetOptions options;
    private final QuirkBoard quirks;
    private final LocalEngine engine;
    private final String key;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Member> members = new LinkedHashMap<>();

    MinerCrew(
            Coordinator coordinator,
            Marketplace marketplace,
            Identifiers identifiers,
            DevnetOptions options,
            QuirkBoard quirks,
            LocalEngine engine,
            String key) {
        this.coordinator = coordinator;
        this.marketplace = marketplace;
        this.identifiers = identifiers;
        this.options = options;
        this.quirks = quirks;
        this.engine = engine;
        this.key = key;
    }

    /** Where a miner wants to be paid; the first one of a devnet has the devnet's own wallet. */
    static String wallet(Identifiers identifiers, String minerId, boolean first) {
        String purpose = first ? "miner-wallet" : "miner-wallet:" + minerId;
        return Wallets.addressOf(new BigInteger(1, identifiers.key(purpose)).shiftRight(1));
    }

    /**
     * Starts a miner: it is registered and its offers are listed when this returns.
     *
     * @throws OpenClawException {@link ErrorCode#INVALID_CONFIG} when there is one of that name, or too many
     */
    void add(MinerOptions wanted) {
        add(wanted, wallet(identifiers, wanted.id(), false), "-" + wanted.id());
    }

    /** @param suffix of its offers' ids, by which they differ from those of other miners with the same models */
    void add(MinerOptions wanted, String walletAddress, String suffix) {
        lock.lock();
        try {
            if (members.containsKey(wanted.id()) || members.size() >= MOST) {
                throw new OpenClawException(
                        ErrorCode.INVALID_CONFIG,
                        "the devnet cannot have a miner '%s': it has one of that name, or %d already"
                                .formatted(wanted.id(), MOST));
            }
            members.put(wanted.id(), start(wanted, walletAddress, suffix));
        } finally {
            lock.unlock();
        }
    }

    private Member start(MinerOptions wanted, String walletAddress, String suffix) {
        LocalEngine own = wanted.engine().orElse(engine);
        Optional<HttpListener> endpoint = wanted.publicEndpoint()
                ? Optional.of(new HttpListener(0, new MinerEndpoint(wanted.id(), own, options, quirks)))
                : Optional.empty();
        Optional<URI> address = endpoint.map(listener -> URI.create("http://127.0.0.1:" + listener.port()));
        // In March whoever polls was known by the key alone.
        String ownKey = options.profile() == Profile.MARCH ? wanted.id() : key;
        MinerClient client = new MinerClient(coordinator, marketplace, ownKey, wanted.id());
        EmbeddedMiner miner = new EmbeddedMiner(
                client, own, wanted, options, quirks, new EmbeddedMiner.Offering(walletAddress, suffix, address));
        try {
            coordinator.bond(wanted.id(), wanted.bond());
            miner.start();
        } catch (RuntimeException e) {
            endpoint.ifPresent(HttpListener::close);
            throw e;
        }
        Thread thread = Thread.ofVirtual().name("devnet-miner-" + wanted.id()).start(miner::run);
        return new Member(wanted, miner, endpoint, thread);
    }

    /** @return false when there is none of that name */
    boolean remove(String minerId) {
        lock.lock();
        try {
            Member member = members.remove(minerId);
            if (member == null) {
                return false;
            }
            member.miner().stop();
            member.endpoint().ifPresent(HttpListener::close);
            coordinator.deregister(minerId);
            marketplace.withdraw(minerId);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** In the order in which they came. */
    List<MinerOptions> list() {
        lock.lock();
        try {
            return members.values().stream().map(Member::options).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Where a miner's public endpoint is. */
    Optional<URI> endpoint(String minerId) {
        lock.lock();
        try {
            return Optional.ofNullable(members.get(minerId))
                    .flatMap(Member::endpoint)
                    .map(listener -> URI.create("http://127.0.0.1:" + listener.port()));
        } finally {
            lock.unlock();
        }
    }

    /** Registers all again and publishes their offers. */
    void announce() {
        lock.lock();
        try {
            members.values().forEach(member -> {
                coordinator.bond(member.options().id(), member.options().bond());
                member.miner().start();
            });
        } finally {
            lock.unlock();
        }
    }

    /** After the quirks have been closed, which ends every wait of a miner. */
    @Override
    public void close() {
        List<Member> all;
        lock.lock();
        try {
            all = List.copyOf(members.values());
            members.clear();
        } finally {
            lock.unlock();
        }
        all.forEach(member -> {
            member.miner().stop();
            member.endpoint().ifPresent(HttpListener::close);
        });
        all.forEach(member -> join(member.thread()));
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
