package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.outbox.HostOutbox;
import io.aitbc.openclaw.host.plugins.PluginLauncher.Launched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What is loaded, and how it changes: one change at a time, each whole or not at all. */
final class PluginChanges {
    /** A generation whose place was taken, and whether its services say that they stopped. */
    private record Retired(Launched old, Optional<Launched> next, boolean stopped) {}

    private final PluginHostOptions options;
    private final PluginLauncher launcher;
    private final ExtensionRegistry registry;
    private final Services services;
    private final HostOutbox outbox;
    private final UnloadedPlugins unloaded;
    private final LastGood lastGood;
    private final ReentrantLock changes = new ReentrantLock();

    private final Map<String, Launched> active = new LinkedHashMap<>();
    private final List<PluginEntry> entries = new CopyOnWriteArrayList<>();
    /** Those that are being drained without anybody waiting for it. */
    private final Map<Launched, Thread> retiring = new LinkedHashMap<>();

    private boolean closed;

    PluginChanges(
            PluginHostOptions options,
            PluginLauncher launcher,
            ExtensionRegistry registry,
            Services services,
            HostOutbox outbox,
            UnloadedPlugins unloaded,
            LastGood lastGood) {
        this.options = options;
        this.launcher = launcher;
        this.registry = registry;
        this.services = services;
        this.outbox = outbox;
        this.unloaded = unloaded;
        this.lastGood = lastGood;
    }

    List<PluginEntry> entries() {
        return entries;
    }

    /** What a host starts with: the files of the directory, and in place of a file that is no good what worked last. */
    void loadAll() {
        changes.lock();
        try {
            PluginDirectory directory = new PluginDirectory(
                    options.pluginsDirectory(), launcher, options.folder().downgrades(), options.clock());
            entries.addAll(directory.entries());
            directory.launchAll().forEach(this::publishFirst);
            lastGood.items().forEach(this::recall);
            remember();
        } finally {
            changes.unlock();
        }
    }

    private void publishFirst(Launched launched) {
        try {
            publish(launched);
        } catch (PluginLoadException e) {
            launched.entry().failed(e.reason());
        }
    }

    private void recall(LastGood.Item item) {
        if (active.containsKey(item.id()) || !hasFailed(item)) {
            return;
        }
        PluginEntry entry = new PluginEntry(options.pluginsDirectory().resolve(item.file()), options.clock());
        entries.add(entry);
        try {
            Optional<ResolvedPlugin> plugin = launcher.recall(entry, item);
            if (plugin.isPresent()) {
                entry.warn("the file is no good now, so the version that worked last is used: " + item.version());
                publish(launcher.launch(entry, plugin.get()));
            }
        } catch (PluginLoadException e) {
            entry.failed(e.reason());
        }
    }

    private boolean hasFailed(LastGood.Item item) {
        return entries.stream()
                .map(PluginEntry::status)
                .filter(status -> status.state() == PluginState.FAILED)
                .anyMatch(status ->
                        status.source().equals(item.file()) || status.id().equals(item.id()));
    }

    /** Makes it current; on failure nothing of it is left. */
    private void publish(Launched launched) throws PluginLoadException {
        try {
            @Nullable Generation _ = registry.publish(launched.generation());
        } catch (PluginLoadException e) {
            discard(launched);
            throw e;
        }
        active.put(launched.generation().pluginId(), launched);
        launched.entry().active(launched.generation().keys());
    }

    private void discard(Launched launched) {
        ClassLoader loader = launched.instance().close();
        unloaded.add(remains(launched, loader, List.of()), loader);
    }

    private static Remains remains(Launched launched, ClassLoader loader, List<String> services) {
        return new Remains(
                launched.entry(),
                loader,
                launched.generation().calls(),
                launched.instance().tasks(),
                services);
    }

    /**
     * Writes down which files of the directory work; of one that does not, the last good version is kept as long as it is there.
     */
    private void remember() {
        List<LastGood.Item> items = new ArrayList<>();
        Set<String> remembered = new HashSet<>();
        active.forEach((id, launched) -> {
            PluginStatus status = launched.entry().status();
            if (!options.pluginsDirectory().equals(launched.entry().source().getParent())) {
                return;
            }
            remembered.add(id);
            items.add(new LastGood.Item(id, status.version(), status.sha256(), status.signedBy(), status.source()));
        });
        lastGood.items().stream()
                .filter(item -> !remembered.contains(item.id()))
                .filter(item -> Files.exists(options.pluginsDirectory().resolve(item.file())))
                .forEach(items::add);
        lastGood.set(items);
    }

    /** Starts the services of all that is loaded, and from now on those of what is loaded later. */
    void startServices(Collection<Generation> besides) {
        changes.lock();
        try {
            if (closed) {
                return;
            }
            services.work();
            besides.forEach(services::start);
            active.values().forEach(launched -> services.start(launched.generation()));
        } finally {
            changes.unlock();
        }
    }

    /** @see PluginHost#replace */
    PluginStatus replace(String pluginId, Path source) {
        PluginEntry entry = new PluginEntry(source, options.clock());
        Retired retired;
        changes.lock();
        try {
            Launched old = closed ? null : active.get(pluginId);
            if (old == null) {
                throw new PluginLoadException("no plugin of this id is active");
            }
            ResolvedPlugin plugin =
                    launcher.resolve(entry, true).orElseThrow(() -> new PluginLoadException("its id is disabled"));
            if (!plugin.manifest().id().equals(pluginId)) {
                throw new PluginLoadException(
                        "its Plugin-Id is '" + plugin.manifest().id() + "'");
            }
            retired = exchange(old, launcher.launch(entry, plugin));
            entries.removeIf(known -> known.source().equals(source) && hasFailed(known));
        } catch (PluginLoadException e) {
            entry.failed(e.reason());
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST,
                    "Plugin '" + pluginId + "' was not replaced by " + source.getFileName() + ": " + e.reason());
        } finally {
            changes.unlock();
        }
        retire(retired, options.drainLimit());
        entries.remove(retired.old().entry());
        return entry.status();
    }

    private static boolean hasFailed(PluginEntry entry) {
        return entry.status().state() == PluginState.FAILED;
    }

    /** @see PluginHost#reload */
    PluginStatus reload(String pluginId) {
        PluginEntry current;
        changes.lock();
        try {
            Launched found = active.get(pluginId);
            if (found == null) {
                throw new OpenClawException(
                        ErrorCode.INVALID_REQUEST, "Plugin '" + pluginId + "' was not reloaded: it is not active");
            }
            current = found.entry();
            if (Sha256.of(current.source()).equals(current.status().sha256())) {
                return current.status();
            }
        } catch (IOException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST,
                    "Plugin '" + pluginId + "' was not reloaded: its file cannot be read",
                    e);
        } finally {
            changes.unlock();
        }
        return replace(pluginId, current.source());
    }

    /**
     * Takes a file that is new in the directory or was changed: adds a plugin or replaces one. What fails stays in the list with
     * its cause, and nothing else changes.
     */
    void arrived(Path file) {
        PluginEntry entry = new PluginEntry(file, options.clock());
        changes.lock();
        try {
            if (closed || isRunning(file)) {
                return;
            }
            entries.removeIf(known -> known.source().equals(file) && !isActive(known));
            entries.add(entry);
            Optional<ResolvedPlugin> plugin =
                    launcher.resolve(entry, options.folder().downgrades());
            if (plugin.isPresent()) {
                take(entry, plugin.get());
                remember();
            }
        } catch (PluginLoadException e) {
            entry.failed(e.reason());
        } catch (RuntimeException | LinkageError e) {
            entry.failed("loading it failed unexpectedly: " + FailureText.full(e));
        } finally {
            changes.unlock();
        }
    }

    private boolean isActive(PluginEntry entry) {
        return active.values().stream().anyMatch(launched -> launched.entry() == entry);
    }

    /** Whether exactly these bytes run already; if so under another name that is gone, this is their name now. */
    private boolean isRunning(Path file) {
        String sha256;
        try {
            sha256 = Sha256.of(file);
        } catch (IOException e) {
            return false;
        }
        for (Launched launched : active.values()) {
            PluginEntry entry = launched.entry();
            if (entry.status().sha256().equals(sha256)
                    && (entry.source().equals(file) || Files.notExists(entry.source()))) {
                entries.removeIf(known -> known.source().equals(file) && !isActive(known));
                entry.moved(file);
                remember();
                return true;
            }
        }
        return false;
    }

    private void take(PluginEntry entry, ResolvedPlugin plugin) throws PluginLoadException {
        Launched old = active.get(plugin.manifest().id());
        if (old == null) {
            Launched launched = launcher.launch(entry, plugin);
            publish(launched);
            services.start(launched.generation());
            outbox.wake();
            return;
        }
        boolean otherFile = !old.entry().source().equals(entry.source())
                && Files.exists(old.entry().source());
        if (otherFile && launcher.compareVersions(plugin.manifest(), old.manifest()) == 0) {
            throw new PluginLoadException("Plugin-Id '%s' is taken by %s in the same version"
                    .formatted(plugin.manifest().id(), old.entry().status().source()));
        }
        retireLater(exchange(old, launcher.launch(entry, plugin)));
    }

    /** Takes notice that a file is no longer in the directory. Whether the others of the directory should be looked at again. */
    boolean gone(Path file) {
        changes.lock();
        try {
            if (closed) {
                return false;
            }
            entries.removeIf(known -> known.source().equals(file) && !isActive(known));
            Optional<Launched> found = active.values().stream()
                    .filter(launched -> launched.entry().source().equals(file))
                    .findFirst();
            if (found.isEmpty() || options.folder().keepDeleted()) {
                remember();
                return false;
            }
            Launched old = found.get();
            boolean stopped = services.stop(old.generation());
            @Nullable Generation _ = registry.withdraw(old.generation().pluginId());
            active.remove(old.generation().pluginId());
            remember();
            old.entry().is(PluginState.DRAINING);
            retireLater(new Retired(old, Optional.empty(), stopped));
            return true;
        } finally {
            changes.unlock();
        }
    }

    private Retired exchange(Launched old, Launched next) throws PluginLoadException {
        List<String> worked = services.started(old.generation());
        boolean stopped = services.stop(old.generation());
        takeOver(old, next, stopped, worked);
        active.put(next.generation().pluginId(), next);
        outbox.wake();
        if (!entries.contains(next.entry())) {
            entries.add(next.entry());
        }
        old.entry().is(PluginState.DRAINING);
        next.entry().active(next.generation().keys());
        remember();
        return new Retired(old, Optional.of(next), stopped);
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
            discard(next);
            services.start(old.generation());
            throw e;
        }
    }

    private void retireLater(Retired retired) {
        Thread thread = Thread.ofPlatform().daemon().name("plugin-drain").unstarted(() -> {
            retire(retired, options.drainLimit());
            entries.remove(retired.old().entry());
            changes.lock();
            try {
                retiring.remove(retired.old());
            } finally {
                changes.unlock();
            }
        });
        retiring.put(retired.old(), thread);
        thread.start();
    }

    private void retire(Retired retired, Duration limit) {
        Launched old = retired.old();
        boolean drained = old.generation().drain(limit);
        List<String> unstopped = retired.stopped() ? List.of() : services.failed(old.generation());
        services.forget(old.generation());
        ClassLoader loader = old.instance().close();
        if (!drained) {
            old.entry().warn("calls in it were canceled at the drain limit");
        }
        old.entry().is(PluginState.CLOSED);
        unloaded.add(remains(old, loader, unstopped), loader);
        if (!retired.stopped()) {
            retired.next().ifPresent(this::startServices);
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

    /** What was loaded, once; from now on nothing changes any more. */
    List<Launched> end() {
        changes.lock();
        try {
            closed = true;
            List<Launched> loaded = List.copyOf(active.values());
            active.clear();
            return loaded;
        } finally {
            changes.unlock();
        }
    }

    /** Unloads, waiting for calls as long as it is told; also those that were being drained already. */
    void unload(List<Launched> loaded, Duration limit) {
        for (Launched each : loaded) {
            @Nullable Generation _ = registry.withdraw(each.generation().pluginId());
            each.entry().is(PluginState.DRAINING);
        }
        SideBySide.run(loaded.stream().map(each -> () -> retire(new Retired(each, Optional.empty(), true), limit)));
        Map<Launched, Thread> drains;
        changes.lock();
        try {
            drains = new LinkedHashMap<>(retiring);
        } finally {
            changes.unlock();
        }
        drains.keySet().forEach(launched -> launched.generation().hurry());
        for (Thread thread : drains.values()) {
            try {
                boolean _ = thread.join(limit);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
