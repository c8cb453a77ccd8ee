package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.provider.chain.ChainClient;
import io.aitbc.openclaw.provider.coordinator.BaseUrl;
import io.aitbc.openclaw.provider.coordinator.CoordinatorServices;
import io.aitbc.openclaw.provider.registry.AgentRegistryClient;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The clients of all services of the network, one set for all extensions of the plugin. */
public final class Services implements AutoCloseable {
    private final CoordinatorServices coordinator;
    private final Optional<ChainClient> chain;
    private final Optional<AgentRegistryClient> registry;

    Services(AitbcSettings settings, InstantSource clock, RandomGenerator random) {
        NetworkAccess access = settings.access();
        boolean encrypted = Stream.of(
                        Optional.of(settings.coordinator()),
                        Optional.of(settings.marketplace()),
                        access.chain(),
                        access.registry())
                .flatMap(Optional::stream)
                .anyMatch(BaseUrl::encrypted);
        coordinator = new CoordinatorServices(
                new CoordinatorServices.Settings(
                        settings.coordinator(),
                        settings.marketplace(),
                        access.account(),
                        access.pace(),
                        access.lostAnswerWait(),
                        encrypted),
                clock,
                random);
        chain = access.chain().map(url -> new ChainClient(url, coordinator.caller("chain node")));
        registry = access.registry().map(url -> new AgentRegistryClient(url, coordinator.caller("agent registry")));
    }

    /** Those of the plugin; the host closes them. */
    public static Services of(PluginContext context, AitbcSettings settings, RandomGenerator random) {
        return context.shared(Services.class, () -> new Services(settings, context.clock(), random));
    }

    public CoordinatorServices coordinator() {
        return coordinator;
    }

    Optional<ChainClient> chain() {
        return chain;
    }

    Optional<AgentRegistryClient> registry() {
        return registry;
    }

    @Override
    public void close() {
        coordinator.close();
    }
}
