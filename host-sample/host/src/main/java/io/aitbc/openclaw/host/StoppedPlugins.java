package io.aitbc.openclaw.host;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.plugins.PluginHost;
import io.aitbc.openclaw.host.plugins.PluginHostOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The plugins without a host: nothing listens, no network is spoken to. While they are loaded no host can start there. */
public final class StoppedPlugins implements AutoCloseable {
    private final DataDirectory data;
    private final PluginHost plugins;

    private StoppedPlugins(DataDirectory data, PluginHost plugins) {
        this.data = data;
        this.plugins = plugins;
    }

    /** @throws OpenClawException {@link ErrorCode#INVALID_CONFIG} when a host runs there */
    public static StoppedPlugins load(HostConfig config) {
        DataDirectory data = DataDirectory.lock(config.dataDirectory());
        try {
            Map<String, Map<String, String>> settings = new HashMap<>();
            config.plugins().forEach((id, plugin) -> settings.put(id, new HashMap<>(plugin.values())));
            settings.computeIfAbsent("aitbc-provider", id -> new HashMap<>()).put("enabled", "false");
            PluginHostOptions options = PluginHostOptions.of(config.pluginsDirectory(), data.folder())
                    .withConfig(settings)
                    .withOutbox(config.outbox())
                    .withFolder(config.pluginFolder().options(data.folder()));
            return new StoppedPlugins(data, PluginHost.start(options, List.of()));
        } catch (RuntimeException | Error e) {
            data.close();
            throw e;
        }
    }

    /** What is loaded. */
    public Extensions extensions() {
        return plugins.extensions();
    }

    @Override
    public void close() {
        plugins.close();
        data.close();
    }
}
