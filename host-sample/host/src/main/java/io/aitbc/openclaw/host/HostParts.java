package io.aitbc.openclaw.host;

import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.devnet.Devnet;
import io.aitbc.openclaw.devnet.DevnetOptions;
import io.aitbc.openclaw.engine.EmbeddedEngine;
import io.aitbc.openclaw.host.plugins.PluginHost;
import io.aitbc.openclaw.host.plugins.PluginHostOptions;
import io.aitbc.openclaw.host.plugins.PluginStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The network of the host's own and the plugins, loaded beside its server because they take longest. */
final class HostParts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostParts.class);

    /** What was loaded. */
    record Loaded(Optional<Devnet> devnet, PluginHost plugins) {}

    private final FutureTask<Loaded> loading;
    private boolean begun;

    private HostParts(FutureTask<Loaded> loading) {
        this.loading = loading;
    }

    /**
     * Prepares to load.
     *
     * @param engines what plugins find
     * @param miner computes for the devnet; empty: no devnet
     */
    static HostParts of(
            HostConfig config, DataDirectory data, List<LocalEngine> engines, Optional<EmbeddedEngine> miner) {
        List<LocalEngine> own = List.copyOf(engines);
        FutureTask<Loaded> loading = new FutureTask<>(() -> loaded(config, data, own, miner));
        return new HostParts(loading);
    }

    /** Begins to load. */
    void load() {
        Thread.ofPlatform().daemon().name("host-loading").start(loading);
        begun = true;
    }

    private static Loaded loaded(
            HostConfig config, DataDirectory data, List<LocalEngine> engines, Optional<EmbeddedEngine> miner) {
        Optional<Devnet> devnet = miner.map(engine -> Devnet.start(DevnetOptions.defaults(), engine));
        try {
            PluginHost plugins = PluginHost.start(options(config, data, devnet), engines);
            config.pluginsWithoutFile(
                            plugins.plugins().stream().map(PluginStatus::id).collect(Collectors.toSet()))
                    .forEach(id -> LOG.atWarn()
                            .addKeyValue("plugin", id)
                            .addKeyValue("directory", config.pluginsDirectory())
                            .log("Settings of a plugin that is not installed have no effect"));
            return new Loaded(devnet, plugins);
        } catch (RuntimeException | Error e) {
            devnet.ifPresent(Devnet::close);
            throw e;
        }
    }

    private static PluginHostOptions options(HostConfig config, DataDirectory data, Optional<Devnet> devnet) {
        return PluginHostOptions.of(config.pluginsDirectory(), data.folder())
                .withConfig(PluginSettings.of(config, data.folder(), devnet))
                .withOutbox(config.outbox())
                .withLimits(
                        PluginHostOptions.DEFAULT_START_LIMIT,
                        config.pluginFolder().drainLimit())
                .withFolder(config.pluginFolder().options(data.folder()));
    }

    /** What was loaded, or why it could not be. */
    Loaded await() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return loading.get();
                } catch (InterruptedException e) {
                    interrupted = true; // half a host cannot be closed
                } catch (ExecutionException e) {
                    throw failure(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException failure(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }

    /** Closes what was loaded; waits for it first. */
    @Override
    public void close() {
        if (!begun) {
            return;
        }
        Loaded loaded;
        try {
            loaded = await();
        } catch (RuntimeException | Error e) {
            LOG.debug("Nothing to close: {}", FailureReason.of(e));
            return; // who started the host was told
        }
        try {
            loaded.plugins().close();
        } finally {
            loaded.devnet().ifPresent(Devnet::close);
        }
    }
}
