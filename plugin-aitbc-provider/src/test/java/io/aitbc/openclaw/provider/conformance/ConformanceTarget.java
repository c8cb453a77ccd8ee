package io.aitbc.openclaw.provider.conformance;

import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.contract.Models;
import io.aitbc.openclaw.contract.ScriptedEngine;
import io.aitbc.openclaw.devnet.Devnet;
import io.aitbc.openclaw.devnet.DevnetOptions;
import io.aitbc.openclaw.provider.chain.ChainAddress;
import io.aitbc.openclaw.provider.chain.ChainClient;
import io.aitbc.openclaw.provider.coordinator.Account;
import io.aitbc.openclaw.provider.coordinator.BaseUrl;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.coordinator.CoordinatorServices;
import io.aitbc.openclaw.provider.coordinator.Pace;
import io.aitbc.openclaw.provider.coordinator.Profile;
import io.aitbc.openclaw.provider.coordinator.Wallet;
import io.aitbc.openclaw.provider.registry.AgentRegistryClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The network under test and our clients of it. A devnet is started when the environment names no network. */
final class ConformanceTarget {
    private static final String DEVNET_KEY = "0xabababababababababababababababababababababababababababababababab";

    final CallScope scope = new CallScope();
    final CoordinatorServices services;

    private final ConformanceSettings settings;
    private final Optional<Profile> profile;
    private final Optional<Wallet> wallet;
    private final List<AutoCloseable> open = new ArrayList<>();
    private @Nullable StandInMiner miner;

    private ConformanceTarget(ConformanceSettings settings, List<AutoCloseable> owned) {
        this.settings = settings;
        this.profile = settings.profile();
        this.wallet = settings.text(ConformanceSettings.WALLET_KEY).map(Wallet::of);
        BaseUrl coordinator = url(ConformanceSettings.COORDINATOR).orElseThrow();
        BaseUrl marketplace = url(ConformanceSettings.MARKETPLACE).orElse(coordinator);
        services = new CoordinatorServices(
                new CoordinatorServices.Settings(
                        coordinator,
                        marketplace,
                        new Account(wallet, settings.text(ConformanceSettings.API_KEY), profile),
                        owned.isEmpty() ? Pace.DOCUMENTED : Pace.LEARNED,
                        Duration.ofSeconds(5),
                        coordinator.encrypted() || marketplace.encrypted()),
                InstantSource.system(),
                new SecureRandom());
        open.add(services);
        open.addAll(owned);
    }

    static ConformanceTarget start() {
        ConformanceSettings environment = ConformanceSettings.ofEnvironment();
        return environment.real() ? new ConformanceTarget(environment, List.of()) : devnet(DevnetOptions.defaults());
    }

    /** The same without {@code AITBC_MODEL}: then the suite is its own miner. */
    static ConformanceTarget withOwnMiner(DevnetOptions options) {
        ConformanceSettings environment = ConformanceSettings.ofEnvironment();
        return environment.real()
                ? new ConformanceTarget(environment.without(ConformanceSettings.MODEL), List.of())
                : devnet(options, true);
    }

    /** A devnet with the protocol of March; of a real network the tests of the current one show which it speaks. */
    static ConformanceTarget devnetOfMarch() {
        assumeFalse(
                ConformanceSettings.ofEnvironment().real(),
                "the protocol of a real coordinator is tested by the classes without March in their name");
        return devnet(DevnetOptions.defaults().withProfile(io.aitbc.openclaw.devnet.Profile.MARCH));
    }

    static ConformanceTarget devnet(DevnetOptions options) {
        return devnet(options, false);
    }

    private static ConformanceTarget devnet(DevnetOptions options, boolean ownMiner) {
        ScriptedEngine engine =
                new ScriptedEngine("scripted", Models.local("scripted", "tiny:latest", Capability.COMPLETION));
        Devnet devnet = Devnet.start(options, engine);
        Map<String, String> values = new HashMap<>();
        values.put(ConformanceSettings.COORDINATOR, devnet.coordinatorUrl());
        values.put(ConformanceSettings.MARKETPLACE, devnet.marketplaceUrl());
        values.put(ConformanceSettings.CHAIN, devnet.chainUrl());
        values.put(ConformanceSettings.CHAIN_ID, options.chainId());
        values.put(ConformanceSettings.REGISTRY, devnet.registryUrl());
        values.put(ConformanceSettings.WALLET_KEY, DEVNET_KEY);
        // A coordinator of March takes any.
        values.put(ConformanceSettings.API_KEY, "conformance");
        values.put(ConformanceSettings.MODEL, "tiny:latest");
        values.put(ConformanceSettings.RECIPIENT, devnet.minerAddress());
        values.put(ConformanceSettings.SPEND, "true");
        DevnetMoney.give(devnet.chainUrl(), Wallet.of(DEVNET_KEY).address());
        if (ownMiner) {
            values.remove(ConformanceSettings.MODEL);
            values.put(ConformanceSettings.MINER_KEY, devnet.minerKey());
        }
        return new ConformanceTarget(new ConformanceSettings(values), List.of(devnet, engine));
    }

    private Optional<BaseUrl> url(String name) {
        return settings.text(name).map(text -> BaseUrl.of(name, text));
    }

    /** Skips the test, with the reason, unless the setting is there. */
    String need(String name, String what) {
        Optional<String> value = settings.text(name);
        assumeTrue(value.isPresent(), "%s is not set: %s is not tested".formatted(name, what));
        return value.orElseThrow();
    }

    /** For jobs and payments: somebody to act as. */
    void needAccount() {
        assumeTrue(
                wallet.isPresent() || settings.text(ConformanceSettings.API_KEY).isPresent(),
                "neither AITBC_WALLET_KEY nor AITBC_API_KEY is set: nothing is tested that needs an account");
    }

    Wallet needWallet() {
        need(ConformanceSettings.WALLET_KEY, "what is paid or signed");
        return wallet.orElseThrow();
    }

    /** For what costs coins. */
    void needToSpend() {
        assumeTrue(settings.spends(), "AITBC_CONFORMANCE_SPEND is not true: nothing is tested that costs coins");
    }

    /** For what only one of the protocols has. */
    void needProfile(Profile wanted) {
        Profile spoken = services.coordinator().profile(scope);
        assumeTrue(spoken == wanted, "the coordinator speaks " + spoken.wireName() + ", which lacks this");
    }

    /** A model that miners of the network have, or a miner of the suite. */
    String model() {
        Optional<String> model = settings.text(ConformanceSettings.MODEL);
        return model.orElseGet(() -> miner().model());
    }

    private StandInMiner miner() {
        if (miner == null) {
            String key = need(ConformanceSettings.MINER_KEY, "what a miner has to answer (nor is AITBC_MODEL)");
            miner = new StandInMiner(
                    settings.text(ConformanceSettings.COORDINATOR).orElseThrow(), key);
            open.addFirst(miner);
        }
        return miner;
    }

    ChainAddress recipient() {
        return new ChainAddress(need(ConformanceSettings.RECIPIENT, "what is paid"));
    }

    String chainId() {
        return need(ConformanceSettings.CHAIN_ID, "what is signed for the chain");
    }

    ChainClient chain() {
        need(ConformanceSettings.CHAIN, "the chain node");
        return new ChainClient(url(ConformanceSettings.CHAIN).orElseThrow(), services.caller("chain node"));
    }

    AgentRegistryClient registry() {
        need(ConformanceSettings.REGISTRY, "the registry of agents");
        return new AgentRegistryClient(
                url(ConformanceSettings.REGISTRY).orElseThrow(), services.caller("agent registry"));
    }

    void needMarketplace() {
        need(ConformanceSettings.MARKETPLACE, "the marketplace service");
    }

    void end() throws Exception {
        scope.cancel();
        for (AutoCloseable object : open) {
            object.close();
        }
    }
}
