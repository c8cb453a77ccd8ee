package io.aitbc.openclaw.bench;

import io.aitbc.openclaw.api.Extension;
import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.host.plugins.PluginHost;
import io.aitbc.openclaw.host.plugins.PluginHostOptions;
import io.aitbc.openclaw.host.plugins.PluginStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The plugins of the installation, loaded as a host loads them, without the rest of a host. */
public final class LoadedPlugins implements AutoCloseable {
    private final PluginHost plugins;

    private LoadedPlugins(PluginHost plugins) {
        this.plugins = plugins;
    }

    /**
     * @param data folder the plugins may write to
     * @param settings by plugin id
     * @throws IOException when this process was not started from an installation
     */
    public static LoadedPlugins start(Path data, Map<String, Map<String, String>> settings) throws IOException {
        PluginHostOptions options = PluginHostOptions.of(folder(), data).withConfig(settings);
        return new LoadedPlugins(PluginHost.start(options, List.of()));
    }

    /**
     * Where the archives of the installation's plugins lie.
     *
     * @throws IOException when this process was not started from an installation
     */
    public static Path folder() throws IOException {
        return home().resolve("plugins");
    }

    /**
     * Where the installation lies.
     *
     * @throws IOException when this process was not started from an installation
     */
    public static Path home() throws IOException {
        Optional<String> home = Optional.ofNullable(System.getProperty("openclaw.home"));
        if (home.isEmpty()) {
            throw new IOException("this benchmark loads the plugins of an installation: use ./run bench");
        }
        return Path.of(home.get());
    }

    /** @throws IOException when no plugin contributes one; what their loading said is in the message */
    public <T extends Extension> T require(Class<T> extensionPoint) throws IOException {
        return extensions()
                .first(extensionPoint)
                .orElseThrow(() -> new IOException("no plugin contributes a " + extensionPoint.getSimpleName() + ": "
                        + plugins.plugins().stream().map(PluginStatus::toString).toList()));
    }

    public Extensions extensions() {
        return plugins.extensions();
    }

    @Override
    public void close() {
        plugins.close();
    }
}
