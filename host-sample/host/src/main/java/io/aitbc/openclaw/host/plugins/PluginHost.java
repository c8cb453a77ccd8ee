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
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final UnloadedPlugins unloaded = new UnloadedPlugins();
    private final StagedCopies copies;
    private final PluginChanges changes;
    private final Services services;
    private final HostOutbox outbox;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final List<PluginWatcher> watchers = new CopyOnWriteArrayList<>();
    private @Nullable Generation own;

    private PluginHost(PluginHostOptions options) {
        this.options = options;
        Path data = options.dataDirectory();
        LayeredPluginManager manager = new LayeredPluginManager(options.pluginsDirectory(), API_VERSION);
        Path generations = data.resolve("generations");
        PluginStore store = new PluginStore(generations, ArchiveLimits.DEFAULT);
        outbox = new HostOutbox(
                data,
                options.outbox(),
                options.clock(),
                new Random(),
                topic -> registry.byId(OutboxHandler.class, topic));
        LastGood lastGood = LastGood.in(data);
        PluginTrust trust = new PluginTrust(options.folder(), data);
        PluginLauncher launcher =
                new PluginLauncher(options, store, manager, registry, outbox, unloaded, trust, lastGood);
        services = new Services(options.startLimit(), options.serviceStopLimit());
        Retirement retirement = new Retirement(services, unloaded, options.drainLimit());
        ActivePlugins active = new ActivePlugins(
                options.pluginsDirectory(),
                registry,
                services,
                outbox,
                lastGood,
                retirement,
                options.folder().records());
        copies = StagedCopies.lock(generations);
        changes = new PluginChanges(options, launcher, active, services, outbox, retirement, copies);
    }

    /**
     * Loads every {@code *.jar} and {@code *.zip} of the plugins directory whose name does not begin with a dot. Of several
     * files with the same plugin id the highest version is loaded; of equal ones that whose name sorts first. In place of a file
     * that cannot be loaded the version that worked last is, from the host's own copy.
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
            host.changes.loadAll();
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
        return changes.entries().stream()
                .map(PluginEntry::status)
                .sorted(Comparator.comparing(PluginStatus::source).thenComparingInt(PluginStatus::generation))
                .toList();
    }

    /** Generations that were unloaded: those still in memory with what is known to hold them, and the last that were collected. */
    public List<PluginStatus> unloaded() {
        return unloaded.statuses();
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
            changes.prune(); // what a host that died did not get to
        });
    }

    /**
     * Lets the next host of a data directory load whatever version of a plugin lies in its plugins directory, a lower one too. For
     * who put it there on purpose while no host runs.
     */
    public static void forgetLastGood(Path dataDirectory, String pluginId) {
        LastGood.in(dataDirectory).forget(pluginId);
    }

    /**
     * Lets a host with another data directory refuse the downgrades that the host of this one would refuse. It has no copies to fall back on.
     */
    public static void copyVersions(Path dataDirectory, Path pluginsDirectory, Path other) {
        LastGood.in(dataDirectory).writeFor(other, pluginsDirectory);
    }

    /** Where plugins leave what must not be lost. */
    public HostOutbox outbox() {
        return outbox;
    }

    private void startServices() {
        changes.startServices(own == null ? List.of() : List.of(own));
    }

    /**
     * From now on takes notice, on another thread, of files that come, change and go in the plugins directory. What is new or
     * changed is loaded once it is written; a plugin whose file is gone is unloaded.
     */
    public void watch() {
        List<Path> loaded = changes.entries().stream().map(PluginEntry::source).toList();
        PluginWatcher started = PluginWatcher.of(options, changes.intake(), loaded);
        watchers.add(started);
        started.start();
        if (closed.get()) {
            started.close();
        }
    }

    /** How the background services fare, by id; none before {@link #work()}. */
    public List<ServiceStatus> services() {
        return services.statuses();
    }

    /**
     * Replaces a plugin without failing a call: starts the candidate beside the old generation, makes it current, lets the calls
     * in the old one finish within the drain limit and closes it. A candidate that fails leaves the old generation as it was.
     *
     * <p>Background services of the old generation are stopped before those of the candidate are started, and started again when
     * the candidate fails, which it also does when a service does not start that worked in the old one. Where an old service does
     * not stop, the new ones wait until the old generation is closed.
     *
     * <p>The version may be a lower one: who calls this has decided it. Signature and permissions are checked as for any file.
     *
     * @param source jar or zip with the same plugin id
     * @return the new generation, once the old one is closed
     * @throws OpenClawException with {@link ErrorCode#INVALID_REQUEST} when the plugin is not loaded or the candidate cannot be
     */
    public PluginStatus replace(String pluginId, Path source) {
        return changes.replacement().replace(pluginId, source);
    }

    /**
     * Replaces a plugin by what its file in the plugins directory is now. Does nothing when that is what runs.
     *
     * @param downgrade whether it may be a lower version, whatever holds for files that are dropped in
     * @throws OpenClawException as {@link #replace}
     */
    public PluginStatus reload(String pluginId, boolean downgrade) {
        return changes.replacement()
                .reload(pluginId, downgrade || options.folder().downgrades());
    }

    /** Stops background services and deliveries, takes all plugins out of service, lets running calls finish for a few seconds and unloads. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        watchers.forEach(PluginWatcher::close);
        List<Launched> loaded = changes.end();
        SideBySide.run(Stream.concat(loaded.stream().map(Launched::generation), Stream.ofNullable(own))
                .filter(generation -> !services.started(generation).isEmpty())
                .map(generation -> () -> services.stop(generation)));
        outbox.rest();
        changes.unload(loaded, CLOSE_DRAIN_LIMIT);
        Generation host = registry.withdraw(PluginManifest.HOST_ID);
        if (host != null && !host.drain(CLOSE_DRAIN_LIMIT)) {
            LOG.warn("calls into the host's own extensions do not end");
        }
        outbox.close();
        copies.close();
    }
}
