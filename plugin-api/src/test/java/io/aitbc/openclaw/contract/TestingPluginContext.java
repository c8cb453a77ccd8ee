package io.aitbc.openclaw.contract;

import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.PluginConfig;
import io.aitbc.openclaw.api.PluginContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** A context for a plugin under test: real executors, given settings, lookups and clock. */
public final class TestingPluginContext implements PluginContext, AutoCloseable {
    private final String pluginId;
    private final PluginConfig config;
    private final Extensions extensions;
    private final InstantSource clock;
    private final TestingOutbox outbox = new TestingOutbox();
    private final TestingShared shared = new TestingShared();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("testing-scheduler").factory());

    public TestingPluginContext(String pluginId, Map<String, String> settings, Extensions extensions) {
        this(pluginId, settings, extensions, InstantSource.system());
    }

    public TestingPluginContext(
            String pluginId, Map<String, String> settings, Extensions extensions, InstantSource clock) {
        this.pluginId = pluginId;
        this.config = new PluginConfig("plugins." + pluginId, settings);
        this.extensions = extensions;
        this.clock = clock;
    }

    @Override
    public String pluginId() {
        return pluginId;
    }

    @Override
    public String pluginVersion() {
        return "0.1.0";
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

    /** A new folder at each call. */
    @Override
    public Path dataDirectory() {
        try {
            return Files.createTempDirectory("openclaw-" + pluginId);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
    public TestingOutbox outbox() {
        return outbox;
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        executor.shutdownNow();
        shared.close();
    }
}
