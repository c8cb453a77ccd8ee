package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.Outbox;
import io.aitbc.openclaw.api.PluginConfig;
import io.aitbc.openclaw.api.PluginContext;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The context of one generation; its threads end with it. */
final class HostPluginContext implements PluginContext, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostPluginContext.class);
    /** How long interrupted tasks may take to end. */
    private static final Duration END_LIMIT = Duration.ofSeconds(1);

    private final PluginManifest manifest;
    private final PluginConfig config;
    private final Extensions extensions;
    private final Path dataDirectory;
    private final InstantSource clock;
    private final Outbox outbox;
    private final ExecutorService executor;
    private final ScheduledExecutorService scheduler;
    private final SharedObjects shared;
    private final AtomicInteger tasks = new AtomicInteger();

    HostPluginContext(
            PluginManifest manifest,
            PluginConfig config,
            Extensions extensions,
            Path dataDirectory,
            InstantSource clock,
            Outbox outbox,
            ClassLoader loader) {
        this.manifest = manifest;
        this.config = config;
        this.extensions = extensions;
        this.dataDirectory = dataDirectory;
        this.clock = clock;
        this.outbox = outbox;
        executor = Executors.newThreadPerTaskExecutor(PluginThreads.virtual(manifest.id(), loader, tasks));
        shared = new SharedObjects(manifest.id());
        scheduler = new PluginScheduler(manifest.id(), PluginThreads.platform(manifest.id(), loader));
    }

    @Override
    public String pluginId() {
        return manifest.id();
    }

    @Override
    public String pluginVersion() {
        return manifest.version();
    }

    @Override
    public PluginConfig config() {
        return config;
    }

    @Override
    public Extensions extensions() {
        return extensions;
    }

    @Override
    public ExecutorService executor() {
        return executor;
    }

    @Override
    public ScheduledExecutorService scheduler() {
        return scheduler;
    }

    @Override
    public Path dataDirectory() {
        return dataDirectory;
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> create) {
        return shared.get(type, create);
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    /** How many tasks of {@link #executor()} run. */
    AtomicInteger tasks() {
        return tasks;
    }

    /** Interrupts what still runs, and closes what was shared. */
    @Override
    public void close() {
        scheduler.shutdownNow();
        executor.shutdownNow();
        if (!ended(scheduler) || !ended(executor)) {
            LOG.warn("plugin tasks do not end plugin={} version={}", manifest.id(), manifest.version());
        }
        shared.close();
    }

    private static boolean ended(ExecutorService service) {
        try {
            return service.awaitTermination(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return service.isTerminated();
        }
    }
}
