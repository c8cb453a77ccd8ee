package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.Extension;
import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.outbox.OutboxHandler;
import io.aitbc.openclaw.host.outbox.HostOutbox;
import io.aitbc.openclaw.host.plugins.PluginLauncher.Launched;
import java.io.IOException;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads plugins, each as a named module in a {@link ModuleLayer} of its own, and hands out their extensions together with those
 * of the host. A plugin that cannot be loaded never stops the others; {@link #plugins()} says why it failed.
 *
 * <p>What {@link #extensions()} hands out stays valid when a plugin is {@link #replace replaced}: calls that run finish in the
 * old generation, calls that start go to the new one.
 *
 * <p>Starting a host switches off the JVM's cache of open jar files for URLs, because that cache would keep the files of
 * unloaded plugins open.
 */
public final class PluginHost implements AutoCloseable {
    /** Version of the plugin API that {@code Plugin-Requires} is checked against. */
    public static final String API_VERSION = "0.1.0";

    private static final Logger LOG = LoggerFactory.getLogger(PluginHost.class);
    private static final Duration CLOSE_DRAIN_LIMIT = Duration.ofSeconds(5);

    private final PluginHostOptions options;
    private final ExtensionRegistry registry = new ExtensionRegistry();
    private final PluginLauncher launcher;
    /** One change of what is loaded at a time. */
    private final ReentrantLock changes = new ReentrantLock();

    private final Map<String, Launched> active = new LinkedHashMap<>();
    private final List<PluginEntry> entries = new CopyOnWriteArrayList<>();
    private final UnloadedPlugins unloaded = new UnloadedPlugins();
    private final Services services;
    private final HostOutbox outbox;
    private @Nullable Generation own;
    private boolean closed;

    private PluginHost(PluginHostOptions options) {
        this.options = options;
        LayeredPluginManager manager = new LayeredPluginManager(options.pluginsDirectory(), API_VERSION);
        PluginStore store = new PluginStore(options.dataDirectory().resolve("generations"), ArchiveLimits.DEFAULT);
        outbox = new HostOutbox(
                options.dataDirectory(),
                options.outbox(),
                options.clock(),
                new Random(),
                topic -> registry.byId(OutboxHandler.class, topic));
        launcher = new PluginLauncher(options, store, manager, registry, outbox, unloaded);
        services = new Services(options.startLimit(), options.serviceStopLimit());
    }

    /**
     * Loads every {@code *.jar} and {@code *.zip} of the plugins directory whose name does not begin with a dot. Of two files
     * with the same plugin id the one whose name sorts first is loaded.
     *
     * @param builtIns the host's own extensions; the caller closes them, after this host
     * @throws OpenClawException with {@link ErrorCode#INVALID_CONFIG} when the directories cannot be used or two of the
     *     host's own extensions have the same id
     */
    public static PluginHost start(PluginHostOptions options, List<? extends Extension> builtIns) {
        URLConnection.setDefaultUseCaches("jar", false);
        PluginHost host = new PluginHost(withRealData(options));
        try {
            host.own = BuiltIns.publish(builtIns, host.registry);
            host.loadAll();
            return host;
        } catch (RuntimeException e) {
            host.close();
            throw e;
        }
    }

    /** Class loaders name their files by real paths. */
    private static PluginHostOptions withRealData(PluginHostOptions options) {
        try {
            Path data = Files.createDirectories(options.dataDirectory()).toRealPath();
            return options.withDataDirectory(data);
        } catch (IOException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG, "The data directory " + options.dataDirectory() + " cannot be used", e);
        }
    }

    /** What is loaded now; the same object for the life of the host. */
    public Extensions extensions() {
        return registry;
    }

    /** One status for each file, by file name, and one for each generation that is being drained. */
    public List<PluginStatus> plugins() {
        return entries.stream()
                .map(PluginEntry::status)
                .sorted(Comparator.comparing(PluginStatus::source).thenComparingInt(PluginStatus::generation))
                .toList();
    }

    /** Generations that were unloaded and are still in memory, because something refers to them or nothing was collected yet. */
    public int unloadedInMemory() {
        return unloaded.inMemory();
    }

    /**
     * Lets the plugins work on their own: delivers what is in the outbox and starts their background services, on another thread,
     * and from now on those of plugins that take the place of others. Without it plugins only answer.
     */
    public void work() {
        Thread.ofPlatform().daemon().name("plugins-work").start(() -> {
            outbox.work();
            startServices();
        });
    }

    /** Where plugins leave what must not be lost. */
    public HostOutbox outbox() {
        return outbox;
    }

    private void startServices() {
        changes.lock();
        try {
            if (closed) {
                return;
            }
            services.work();
            if (own != null) {
                services.start(own);
            }
            active.values().forEach(launched -> services.start(launched.generation()));
        } finally {
            changes.unlock();
        }
    }

    /** How the background services fare, by id; none before {@link #work()}. */
    public List<ServiceStatus> services() {
        return services.statuses();
    }

    private void loadAll() {
        PluginDirectory directory = new PluginDirectory(options.pluginsDirectory(), launcher);
        entries.addAll(directory.entries());
        directory.launchAll().forEach(this::publish);
    }

    private void publish(Launched launched) {
        try {
            swap(launched);
            active.put(launched.generation().pluginId(), launched);
            launched.entry().active(launched.generation().keys());
        } catch (PluginLoadException e) {
            launched.entry().failed(e.reason());
        }
    }

    /**
     * Replaces a plugin without failing a call: starts the candidate beside the old generation, makes it current, lets the calls
     * in the old one finish within the drain limit and closes it. A candidate that fails leaves the old generation as it was.
     *
     * <p>Background services of the old generation are stopped before those of the candidate are started, and started again when
     * the candidate fails, which it also does when a service does not start that worked in the old one. Where an old service does
     * not stop, the new ones wait until the old generation is closed.
     *
     * @param source jar or zip with the same plugin id
     * @return the new generation, once the old one is closed
     * @throws OpenClawException with {@link ErrorCode#INVALID_REQUEST} when the plugin is not loaded or the candidate cannot be
     */
    public PluginStatus replace(String pluginId, Path source) {
        Launched old;
        Launched next;
        boolean stopped;
        PluginEntry entry = new PluginEntry(source);
        changes.lock();
        try {
            old = requireActive(pluginId);
            next = candidate(pluginId, entry);
            List<String> worked = services.started(old.generation());
            stopped = services.stop(old.generation());
            takeOver(old, next, stopped, worked);
            active.put(pluginId, next);
            outbox.wake();
            entries.add(entry);
            old.entry().is(PluginState.DRAINING);
            entry.active(next.generation().keys());
        } catch (PluginLoadException e) {
            entry.failed(e.reason());
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST,
                    "Plugin '" + pluginId + "' was not replaced by " + source.getFileName() + ": " + e.reason());
        } finally {
            changes.unlock();
        }
        retire(old, options.drainLimit());
        entries.remove(old.entry());
        if (!stopped) {
            startServices(next);
        }
        return entry.status();
    }

    /**
     * Replaces a plugin by what its file in the plugins directory is now. Does nothing when that is what runs.
     *
     * @throws OpenClawException as {@link #replace}
     */
    public PluginStatus reload(String pluginId) {
        PluginEntry current;
        changes.lock();
        try {
            current = requireActive(pluginId).entry();
        } catch (PluginLoadException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST, "Plugin '" + pluginId + "' was not reloaded: " + e.reason());
        } finally {
            changes.unlock();
        }
        try {
            return Sha256.of(current.source()).equals(current.status().sha256())
                    ? current.status()
                    : replace(pluginId, current.source());
        } catch (IOException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST,
                    "Plugin '" + pluginId + "' was not reloaded: " + current.source() + " cannot be read",
                    e);
        }
    }

    private void takeOver(Launched old, Launched next, boolean stopped, List<String> worked)
            throws PluginLoadException {
        try {
            if (stopped) {
                services.takeOver(next.generation(), worked);
            }
            @Nullable Generation _ = registry.publish(next.generation());
        } catch (PluginLoadException e) {
            boolean _ = services.stop(next.generation());
            services.forget(next.generation());
            unloaded.add(next.instance().close());
            services.start(old.generation());
            throw e;
        }
    }

    private void startServices(Launched launched) {
        changes.lock();
        try {
            if (launched.equals(active.get(launched.generation().pluginId()))) {
                services.start(launched.generation());
            }
        } finally {
            changes.unlock();
        }
    }

    private Launched requireActive(String pluginId) throws PluginLoadException {
        Launched found = closed ? null : active.get(pluginId);
        if (found == null) {
            throw new PluginLoadException("no plugin of this id is active");
        }
        return found;
    }

    private Launched candidate(String pluginId, PluginEntry entry) throws PluginLoadException {
        ResolvedPlugin plugin =
                launcher.resolve(entry).orElseThrow(() -> new PluginLoadException("its id is disabled"));
        if (!plugin.manifest().id().equals(pluginId)) {
            throw new PluginLoadException(
                    "its Plugin-Id is '" + plugin.manifest().id() + "'");
        }
        return launcher.launch(entry, plugin);
    }

    private void swap(Launched next) throws PluginLoadException {
        try {
            @Nullable Generation _ = registry.publish(next.generation());
        } catch (PluginLoadException e) {
            unloaded.add(next.instance().close());
            throw e;
        }
    }

    private void retire(Launched old, Duration limit) {
        boolean drained = old.generation().drain(limit);
        services.forget(old.generation());
        unloaded.add(old.instance().close());
        old.entry().is(PluginState.CLOSED);
        PluginStatus status = old.entry().status();
        LOG.info(
                "plugin closed plugin={} version={} generation={} drained={}",
                status.id(),
                status.version(),
                status.generation(),
                drained);
    }

    /** Stops background services and deliveries, takes all plugins out of service, lets running calls finish for a few seconds and unloads. */
    @Override
    public void close() {
        List<Launched> loaded;
        changes.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            loaded = List.copyOf(active.values());
            active.clear();
        } finally {
            changes.unlock();
        }
        stopServices(loaded);
        outbox.rest();
        for (Launched each : loaded) {
            @Nullable Generation _ = registry.withdraw(each.generation().pluginId());
            each.entry().is(PluginState.DRAINING);
        }
        sideBySide(loaded.stream().map(each -> () -> retire(each, CLOSE_DRAIN_LIMIT)));
        Generation host = registry.withdraw(PluginManifest.HOST_ID);
        if (host != null && !host.drain(CLOSE_DRAIN_LIMIT)) {
            LOG.warn("calls into the host's own extensions do not end");
        }
        outbox.close();
    }

    private void stopServices(List<Launched> loaded) {
        sideBySide(Stream.concat(loaded.stream().map(Launched::generation), Stream.ofNullable(own))
                .filter(generation -> !services.started(generation).isEmpty())
                .map(generation -> () -> services.stop(generation)));
    }

    private static void sideBySide(Stream<Runnable> tasks) {
        try (ExecutorService executor =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            tasks.forEach(executor::execute);
        }
    }
}
