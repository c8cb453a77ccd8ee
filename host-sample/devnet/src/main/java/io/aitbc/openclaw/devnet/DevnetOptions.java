package io.aitbc.openclaw.devnet;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How to run a devnet. Start from {@link #defaults()}.
 *
 * @param coordinatorPort loopback port of the coordinator; 0 picks a free one
 * @param marketplacePort loopback port of the marketplace service; 0 picks a free one
 * @param chainPort loopback port of the chain node; 0 picks a free one
 * @param registryPort loopback port of the agent registry; 0 picks a free one
 * @param profile which age of the network software is spoken
 * @param prover what becomes of jobs that need a zero-knowledge proof
 * @param quirks switched on from the start
 * @param clock what {@link Devnet#clock()} starts from: for all decisions about time; not for the miner's cadence
 * @param miner whether embedded miners run
 * @param miners the embedded miners; one of {@code minerId}, {@code minerPrice} and {@code offerPrice} when empty
 * @param minerId name of the only embedded miner
 * @param minerKeys API keys miners may use besides the embedded miner's own
 * @param minerPrice what the miner asks for a job, in AIT, compared with the constraint {@code max_price}
 * @param offerPrice price of the software offers, in AIT per 1,000 tokens
 * @param pollInterval of an idle miner, which has 3 s on the real network; after a job it polls again at once
 * @param heartbeatInterval of the miner, which has 15 s on the real network
 * @param jobTimeout the longest the miner computes on one job
 * @param chainId name of the chain, part of every signed transaction; never one of the real network
 * @param blockTime how long a transaction waits for its block, by the clock
 * @param stall how long {@link Quirk#SLOW_COORDINATOR} delays an answer and {@link Quirk#SLOW_PROVING} all of them
 * @param mostJobs jobs kept; finished ones beyond this number are forgotten, oldest first
 * @param seed makes the receipt keys and the miner's wallet the same at every start; anyone who knows it can forge receipts
 */
public record DevnetOptions(
        int coordinatorPort,
        int marketplacePort,
        int chainPort,
        int registryPort,
        Profile profile,
        Prover prover,
        Set<Quirk> quirks,
        InstantSource clock,
        boolean miner,
        List<MinerOptions> miners,
        String minerId,
        Set<String> minerKeys,
        BigDecimal minerPrice,
        BigDecimal offerPrice,
        Duration pollInterval,
        Duration heartbeatInterval,
        Duration jobTimeout,
        String chainId,
        Duration blockTime,
        Duration stall,
        int mostJobs,
        Optional<String> seed) {
    /** What is signed for a devnet must not be good anywhere else. */
    private static final Set<String> REAL_CHAINS = Set.of("ait-public", "ait-mainnet");

    private static final DevnetOptions DEFAULTS = new DevnetOptions(
            0,
            0,
            0,
            0,
            Profile.CURRENT,
            Prover.MISSING,
            Set.of(),
            InstantSource.system(),
            true,
            List.of(),
            "devnet-miner-1",
            Set.of(),
            new BigDecimal("0.01"),
            new BigDecimal("0.02"),
            Duration.ofMillis(20),
            Duration.ofMillis(500),
            Duration.ofMinutes(1),
            "ait-devnet",
            Duration.ofMillis(100),
            Duration.ofMillis(2500),
            20_000,
            Optional.empty());

    public DevnetOptions {
        checkPort(coordinatorPort);
        checkPort(marketplacePort);
        checkPort(chainPort);
        checkPort(registryPort);
        if (mostJobs < 1) {
            throw new IllegalArgumentException("mostJobs must be positive, not " + mostJobs);
        }
        if (REAL_CHAINS.contains(chainId)) {
            throw new IllegalArgumentException("'" + chainId + "' is a chain of the real network, not of a devnet");
        }
        miners = List.copyOf(miners);
        if (miners.stream().map(MinerOptions::id).distinct().count() < miners.size()) {
            throw new IllegalArgumentException("each miner of the devnet needs an id of its own");
        }
        quirks = Set.copyOf(quirks);
        minerKeys = Set.copyOf(minerKeys);
    }

    /** Free ports, a miner, and the defects the real network has by default. */
    public static DevnetOptions defaults() {
        return DEFAULTS;
    }

    public DevnetOptions withCoordinatorPort(int value) {
        return with(copy -> copy.coordinatorPort = value);
    }

    public DevnetOptions withMarketplacePort(int value) {
        return with(copy -> copy.marketplacePort = value);
    }

    public DevnetOptions withChainPort(int value) {
        return with(copy -> copy.chainPort = value);
    }

    public DevnetOptions withRegistryPort(int value) {
        return with(copy -> copy.registryPort = value);
    }

    public DevnetOptions withProfile(Profile value) {
        return with(copy -> copy.profile = value);
    }

    public DevnetOptions withProver(Prover value) {
        return with(copy -> copy.prover = value);
    }

    public DevnetOptions withQuirks(Set<Quirk> value) {
        return with(copy -> copy.quirks = value);
    }

    public DevnetOptions withClock(InstantSource value) {
        return with(copy -> copy.clock = value);
    }

    public DevnetOptions withMiner(boolean value) {
        return with(copy -> copy.miner = value);
    }

    public DevnetOptions withMiners(List<MinerOptions> value) {
        return with(copy -> copy.miners = value);
    }

    public DevnetOptions withMinerId(String value) {
        return with(copy -> copy.minerId = value);
    }

    public DevnetOptions withMinerKeys(Set<String> value) {
        return with(copy -> copy.minerKeys = value);
    }

    public DevnetOptions withMinerPrice(BigDecimal value) {
        return with(copy -> copy.minerPrice = value);
    }

    public DevnetOptions withOfferPrice(BigDecimal value) {
        return with(copy -> copy.offerPrice = value);
    }

    public DevnetOptions withPollInterval(Duration value) {
        return with(copy -> copy.pollInterval = value);
    }

    public DevnetOptions withHeartbeatInterval(Duration value) {
        return with(copy -> copy.heartbeatInterval = value);
    }

    public DevnetOptions withJobTimeout(Duration value) {
        return with(copy -> copy.jobTimeout = value);
    }

    public DevnetOptions withChainId(String value) {
        return with(copy -> copy.chainId = value);
    }

    public DevnetOptions withBlockTime(Duration value) {
        return with(copy -> copy.blockTime = value);
    }

    public DevnetOptions withStall(Duration value) {
        return with(copy -> copy.stall = value);
    }

    public DevnetOptions withMostJobs(int value) {
        return with(copy -> copy.mostJobs = value);
    }

    public DevnetOptions withSeed(String value) {
        return with(copy -> copy.seed = Optional.of(value));
    }

    /** The embedded miners as they are to run. */
    List<MinerOptions> crew() {
        if (!miner) {
            return List.of();
        }
        return miners.isEmpty()
                ? List.of(MinerOptions.of(minerId).withPrice(minerPrice).withOfferPrice(offerPrice))
                : miners;
    }

    private DevnetOptions with(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.options();
    }

    private static void checkPort(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
    }

    /** The same options while one of them changes. */
    private static final class Copy {
        private int coordinatorPort;
        private int marketplacePort;
        private int chainPort;
        private int registryPort;
        private Profile profile;
        private Prover prover;
        private Set<Quirk> quirks;
        private InstantSource clock;
        private boolean miner;
        private List<MinerOptions> miners;
        private String minerId;
        private Set<String> minerKeys;
        private BigDecimal minerPrice;
        private BigDecimal offerPrice;
        private Duration pollInterval;
        private Duration heartbeatInterval;
        private Duration jobTimeout;
        private String chainId;
        private Duration blockTime;
        private Duration stall;
        private int mostJobs;
        private Optional<String> seed;

        private Copy(DevnetOptions options) {
            coordinatorPort = options.coordinatorPort;
            marketplacePort = options.marketplacePort;
            chainPort = options.chainPort;
            registryPort = options.registryPort;
            profile = options.profile;
            prover = options.prover;
            quirks = options.quirks;
            clock = options.clock;
            miner = options.miner;
            miners = options.miners;
            minerId = options.minerId;
            minerKeys = options.minerKeys;
            minerPrice = options.minerPrice;
            offerPrice = options.offerPrice;
            pollInterval = options.pollInterval;
            heartbeatInterval = options.heartbeatInterval;
            jobTimeout = options.jobTimeout;
            chainId = options.chainId;
            blockTime = options.blockTime;
            stall = options.stall;
            mostJobs = options.mostJobs;
            seed = options.seed;
        }

        private DevnetOptions options() {
            return new DevnetOptions(
                    coordinatorPort,
                    marketplacePort,
                    chainPort,
                    registryPort,
                    profile,
                    prover,
                    quirks,
                    clock,
                    miner,
                    miners,
                    minerId,
                    minerKeys,
                    minerPrice,
                    offerPrice,
                    pollInterval,
                    heartbeatInterval,
                    jobTimeout,
                    chainId,
                    blockTime,
                    stall,
                    mostJobs,
                    seed);
        }
    }
}
