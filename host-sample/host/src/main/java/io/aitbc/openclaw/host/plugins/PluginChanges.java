package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.outbox.HostOutbox;
import io.aitbc.openclaw.host.plugins.PluginLauncher.Launched;
import io.aitbc.openclaw.host.plugins.Retirement.Retired;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** How what is loaded changes: one change at a time, each whole or not at all. */
final class PluginChanges implements PluginWatcher.Plugins {
    private static final Duration END_LIMIT = Duration.ofSeconds(10);

    private final PluginHostOptions options;
    private final PluginLauncher launcher;
    private final ActivePlugins plugins;
    private final Services services;
    private final HostOutbox outbox;
    private final Retirement retirement;
    private final StagedCopies copies;
    private final ReentrantLock changes = new ReentrantLock();

    private volatile boolean closed;

    PluginChanges(
            PluginHostOptions options,
            PluginLauncher launcher,
            ActivePlugins plugins,
            Services services,
            HostOutbox outbox,
            Retirement retirement,
            StagedCopies copies) {
        this.options = options;
        this.launcher = launcher;
        this.plugins = plugins;
        this.services = services;
        this.outbox = outbox;
        this.retirement = retirement;
        this.copies = copies;
    }

    List<PluginEntry> entries() {
        return plugins.entries();
    }

    /** What a host starts with: the files of the directory, and in place of a file that is no good what worked last. */
    void loadAll() {
        changes.lock();
        try {
            PluginDirectory directory = new PluginDirectory(
                    options.pluginsDirectory(), launcher, options.folder().downgrades(), options.clock());
            plugins.add(directory.entries());
            directory.launchAll().forEach(this::publishFirst);
            plugins.missing().forEach(this::recall);
            plugins.remember();
        } finally {
            changes.unlock();
        }
    }

    private void publishFirst(Launched launched) {
        try {
            plugins.publish(launched);
        } catch (PluginLoadException e) {
            launched.entry().failed(e.reason());
        }
    }

    private void recall(LastGood.Item item) {
        PluginEntry entry = new PluginEntry(options.pluginsDirectory().resolve(item.file()), options.clock());
        plugins.add(List.of(entry));
        try {
            Optional<ResolvedPlugin> plugin = launcher.recall(entry, item);
            if (plugin.isPresent()) {
                entry.warn("the file is no good now, so the version that worked last is used: " + item.version());
                plugins.publish(launcher.launch(entry, plugin.get()));
            }
        } catch (PluginLoadException e) {
            entry.failed(e.reason());
        }
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
            plugins.all().forEach(launched -> services.start(launched.generation()));
        } finally {
            changes.unlock();
        }
    }

    /** @see PluginHost#replace */
    PluginStatus replace(String pluginId, Path source) {
        return replace(pluginId, source, Optional.empty());
    }

    private PluginStatus replace(String pluginId, Path source, Optional<String> sha256) {
        PluginEntry entry = new PluginEntry(source, options.clock());
        Retired retired;
        changes.lock();
        try {
            Launched old = (closed ? Optional.<Launched>empty() : plugins.find(pluginId))
                    .orElseThrow(() -> new PluginLoadException("no plugin of this id is active"));
            ResolvedPlugin plugin = launcher.resolve(entry, sha256, true)
                    .orElseThrow(() -> new PluginLoadException("its id is disabled"));
            if (!plugin.manifest().id().equals(pluginId)) {
                throw new PluginLoadException(
                        "its Plugin-Id is '" + plugin.manifest().id() + "'");
            }
            retired = exchange(old, launcher.launch(entry, plugin));
            plugins.forgetFailures(source);
        } catch (PluginLoadException e) {
            entry.failed(e.reason());
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST,
                    "Plugin '" + pluginId + "' was not replaced by " + source.getFileName() + ": " + e.reason());
        } finally {
            changes.unlock();
        }
        retirement.now(retired);
        return entry.status();
    }

    /** @see PluginHost#reload */
    PluginStatus reload(String pluginId) {
        PluginEntry current;
        String sha256;
        changes.lock();
        try {
            current = plugins.find(pluginId)
                    .map(Launched::entry)
                    .orElseThrow(() -> notReloaded(pluginId, "it is not active"));
            sha256 = Sha256.of(current.source());
        } catch (IOException e) {
            throw notReloaded(pluginId, "its file cannot be read: " + FailureText.full(e));
        } finally {
            changes.unlock();
        }
        return sha256.equals(current.status().sha256())
                ? current.status()
                : replace(pluginId, current.source(), Optional.of(sha256));
    }

    private static OpenClawException notReloaded(String pluginId, String why) {
        return new OpenClawException(
                ErrorCode.INVALID_REQUEST, "Plugin '%s' was not reloaded: %s".formatted(pluginId, why));
    }

    /**
     * Takes a file that is new in the directory or was changed: adds a plugin or replaces one. What fails stays in the list with
     * its cause, and nothing else changes.
     *
     * @param sha256 of its bytes, as they were a moment ago
     */
    @Override
    public void arrived(Path file, String sha256) {
        PluginEntry entry = new PluginEntry(file, options.clock());
        changes.lock();
        try {
            if (closed || isRunning(file, sha256)) {
                return;
            }
            plugins.add(entry);
            Optional<ResolvedPlugin> plugin = launcher.resolve(
                    entry, Optional.of(sha256), options.folder().downgrades());
            if (plugin.isPresent() && !closed) {
                take(entry, plugin.get());
            }
        } catch (PluginLoadException e) {
            entry.failed(e.reason());
        } catch (RuntimeException | LinkageError e) {
            entry.failed("loading it failed unexpectedly: " + FailureText.full(e));
        } finally {
            changes.unlock();
        }
    }

    /** Whether exactly these bytes run already; if so under another name that is gone, this is their name now. */
    private boolean isRunning(Path file, String sha256) {
        for (Launched launched : plugins.all()) {
            PluginEntry entry = launched.entry();
            if (entry.status().sha256().equals(sha256)
                    && (entry.source().equals(file) || Files.notExists(entry.source()))) {
                plugins.forget(file);
                entry.moved(file);
                plugins.remember();
                return true;
            }
        }
        return false;
    }

    private void take(PluginEntry entry, ResolvedPlugin plugin) throws PluginLoadException {
        Optional<Launched> old = plugins.find(plugin.manifest().id());
        if (old.isPresent()) {
            checkNotTaken(entry, plugin.manifest(), old.get());
            retirement.later(exchange(old.get(), launcher.launch(entry, plugin)));
            return;
        }
        Launched launched = launcher.launch(entry, plugin);
        plugins.publish(launched);
        plugins.remember();
        services.start(launched.generation());
        outbox.wake();
    }

    private void checkNotTaken(PluginEntry entry, PluginManifest manifest, Launched old) throws PluginLoadException {
        boolean otherFile = !old.entry().source().equals(entry.source())
                && Files.exists(old.entry().source());
        if (otherFile && launcher.compareVersions(manifest, old.manifest()) == 0) {
            throw new PluginLoadException("Plugin-Id '%s' is taken by %s in the same version"
                    .formatted(manifest.id(), old.entry().status().source()));
        }
    }

    private Retired exchange(Launched old, Launched next) throws PluginLoadException {
        boolean stopped = plugins.exchange(old, next);
        return new Retired(old, stopped, () -> {
            plugins.forget(old.entry());
            if (!stopped) {
                startServices(next);
            }
            prune();
        });
    }

    private void startServices(Launched launched) {
        changes.lock();
        try {
            if (plugins.holds(launched)) {
                services.start(launched.generation());
            }
        } finally {
            changes.unlock();
        }
    }

    /** Takes notice that a file is no longer in the directory. Whether the others of the directory should be looked at again. */
    @Override
    public boolean gone(Path file) {
        changes.lock();
        try {
            if (closed) {
                return false;
            }
            plugins.forget(file);
            Optional<Launched> found = plugins.all().stream()
                    .filter(launched -> launched.entry().source().equals(file))
                    .findFirst();
            if (found.isEmpty() || options.folder().keepDeleted()) {
                plugins.remember();
                return false;
            }
            Launched old = found.get();
            boolean stopped = plugins.withdraw(old);
            retirement.later(new Retired(old, stopped, () -> {
                plugins.forget(old.entry());
                prune();
            }));
            return true;
        } finally {
            changes.unlock();
        }
    }

    /** Takes away the copies of plugins that neither run nor may run again; a closed generation reads no file any more. */
    void prune() {
        List<Path> aside;
        changes.lock();
        try {
            if (closed) {
                return;
            }
            aside = copies.putAside(plugins.hashes());
        } finally {
            changes.unlock();
        }
        StagedCopies.delete(aside);
    }

    /**
     * What was loaded, once; from now on nothing changes any more. Waits for a change under way, but not for ever: what a file
     * system lets hang has changed nothing yet.
     */
    List<Launched> end() {
        boolean alone = false;
        try {
            alone = changes.tryLock(END_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            closed = true;
            return plugins.end();
        } finally {
            if (alone) {
                changes.unlock();
            }
        }
    }

    /** Unloads, waiting for calls as long as it is told; also those that were being drained already. */
    void unload(List<Launched> loaded, Duration limit) {
        plugins.withdrawEnded(loaded);
        retirement.all(loaded, limit);
    }
}
