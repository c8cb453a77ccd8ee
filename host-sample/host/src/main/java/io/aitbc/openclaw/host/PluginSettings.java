package io.aitbc.openclaw.host;

import io.aitbc.openclaw.devnet.Devnet;
import io.aitbc.openclaw.host.compatibility.CompatibilityPolicy;
import io.aitbc.openclaw.host.compatibility.CompatibilityTable;
import io.aitbc.openclaw.host.compatibility.Component;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the plugins are told: the operator's settings, completed with what the host knows. */
final class PluginSettings {
    private static final String PROVIDER = "aitbc-provider";
    private static final String ROUTER = "skill-router";

    private PluginSettings() {}

    static Map<String, Map<String, String>> of(HostConfig config, Path data, Optional<Devnet> devnet) {
        Map<String, Map<String, String>> settings = new HashMap<>();
        config.plugins().forEach((id, plugin) -> settings.put(id, new HashMap<>(plugin.values())));
        Map<String, String> provider = settings.computeIfAbsent(PROVIDER, id -> new HashMap<>());
        switch (config.network()) {
            case NetworkTarget.Devnet own ->
                devnet.ifPresent(network -> {
                    useDevnet(provider, data, network);
                    // Its coins are worth nothing, so work may leave for it without being asked to.
                    settings.computeIfAbsent(ROUTER, id -> new HashMap<>()).putIfAbsent("offload", "auto");
                });
            case NetworkTarget.Coordinator(var url) -> provider.putIfAbsent("coordinator-url", url.toString());
            case NetworkTarget.Off off -> provider.put("enabled", "false");
        }
        if (config.compatibility() == CompatibilityPolicy.REQUIRE) {
            CompatibilityTable.shipped()
                    .component("aitbc-coordinator")
                    .flatMap(Component::floor)
                    .ifPresent(floor -> provider.putIfAbsent("lowest-profile", floor.version()));
        }
        return settings;
    }

    private static void useDevnet(Map<String, String> provider, Path data, Devnet devnet) {
        Path key = WalletKeyFile.ensure(data.resolve("devnet").resolve("wallet-key"), new SecureRandom());
        // Never the operator's own key: it must not sign for a network that only pretends.
        provider.remove("wallet-key");
        provider.put("wallet-key-file", key.toString());
        provider.put("coordinator-url", devnet.coordinatorUrl());
        provider.put("marketplace-url", devnet.marketplaceUrl());
        provider.put("chain-url", devnet.chainUrl());
        provider.put("agent-registry-url", devnet.registryUrl());
        provider.put("trusted-receipt-keys", devnet.receiptKeyId());
        provider.put("test-network", "true");
        provider.putIfAbsent("poll-interval", "20ms");
    }
}
