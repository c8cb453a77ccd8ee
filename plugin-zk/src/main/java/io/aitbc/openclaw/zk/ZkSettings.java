package io.aitbc.openclaw.zk;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PluginConfig;
import io.aitbc.openclaw.zk.circuits.Circuits;
import io.aitbc.openclaw.zk.proving.ProvingSettings;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All settings of the plugin: each of its extensions is given those of the others too. */
final class ZkSettings {
    private ZkSettings() {}

    /** @throws OpenClawException with INVALID_CONFIG for a setting that nothing of the plugin reads */
    static PluginConfig known(PluginConfig config) {
        config.requireKnown(Stream.concat(Circuits.settings(config).stream(), ProvingSettings.KEYS.stream())
                .collect(Collectors.toUnmodifiableSet()));
        return config;
    }
}
