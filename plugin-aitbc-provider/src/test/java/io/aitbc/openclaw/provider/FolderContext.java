package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.Extension;
import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.PluginConfig;
import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.contract.TestingOutbox;
import io.aitbc.openclaw.contract.TestingShared;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** A host's context for one plugin, over a temporary folder. */
public final class FolderContext implements PluginContext, AutoCloseable {
    private final PluginConfig config;
    private final Path folder;
    private final InstantSource clock;
    private final TestingOutbox outbox = new TestingOutbox();
    private final TestingShared shared = new TestingShared();
    private final List<Extension> extensions = new CopyOnWriteArrayList<>();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService scheduler =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

    public FolderContext(Path folder, Map<String, String> config) {
        this(folder, config, InstantSource.system());
    }

    public FolderContext(Path folder, Map<String, String> config, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
        this.config = new PluginConfig("plugins.aitbc-provider", config);
    }

    public void add(Extension extension) {
        extensions.add(extension);
    }

    @Override
    public String pluginId() {
        return "aitbc-provider";
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
        return new Extensions() {
            @Override
            public <T extends Extension> List<T> all(Class<T> extensionPoint) {
                return extensions.stream()
                        .filter(extensionPoint::isInstance)
                        .map(extensionPoint::cast)
                        .toList();
            }
        };
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
        return folder;
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
