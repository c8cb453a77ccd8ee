package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.host.outbox.HostOutbox;
import io.aitbc.openclaw.host.plugins.PluginLauncher.Launched;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The plugins that take calls, what is known of each file, and the steps by which one takes the place of another. One step at a
 * time: {@link Turns} see to that.
 */
final class ActivePlugins {
    private final Path directory;
    private final ExtensionRegistry registry;
    private final Services services;
    private final HostOutbox outbox;
    private final LastGood lastGood;
    private final Retirement retirement;
    private final PluginRecords records;

    private final Map<String, Launched> active = new LinkedHashMap<>();
    private final List<PluginEntry> entries = new CopyOnWriteArrayList<>();

    ActivePlugins(
            Path directory,
            ExtensionRegistry registry,
            Services services,
            HostOutbox outbox,
            LastGood lastGood,
            Retirement retirement,
            PluginRecords records) {
        this.directory = directory;
        this.registry = registry;
        this.services = services;
        this.outbox = outbox;
        this.lastGood = lastGood;
        this.retirement = retirement;
        this.records = records;
    }

    /** One for each file, and one for each generation that is being drained; may be read at any time. */
    List<PluginEntry> entries() {
        return entries;
    }

    Optional<Launched> find(String pluginId) {
        return Optional.ofNullable(active.get(pluginId));
    }

    Collection<Launched> all() {
        return List.copyOf(active.values());
    }

    boolean holds(Launched launched) {
        return launched.equals(active.get(launched.generation().pluginId()));
    }

    void add(Collection<PluginEntry> more) {
        entries.addAll(more);
    }

    /** In place of what is known of a file and does not run. */
    void add(PluginEntry entry) {
        forget(entry.source());
        entries.add(entry);
    }

    void forget(Path file) {
        entries.removeIf(known -> known.source().equals(file) && !isActive(known));
    }

    void forget(PluginEntry entry) {
        entries.remove(entry);
    }

    void forgetFailures(Path file) {
        entries.removeIf(known -> known.source().equals(file) && known.status().state() == PluginState.FAILED);
    }

    /** Whether these bytes were tried already: another signature of them makes no difference to that. */
    boolean hasFailedToStart(Path file, String sha256) {
        return entries.stream()
                .anyMatch(known -> known.source().equals(file)
                        && known.status().sha256().equals(sha256)
                        && known.hasFailedToStart());
    }

    private boolean isActive(PluginEntry entry) {
        return active.values().stream().anyMatch(launched -> launched.entry() == entry);
    }

    /** Makes one current that takes nobody's place; on failure nothing of it is left. */
    void publish(Launched launched) throws PluginLoadException {
        try {
            @Nullable Generation _ = registry.publish(launched.generation());
        } catch (PluginLoadException e) {
            retirement.discard(launched);
            throw e;
        }
        active.put(launched.generation().pluginId(), launched);
        launched.entry().active(launched.generation().keys());
    }

    /**
     * Makes a candidate current in the place of an older generation; on failure the old one goes on.
     *
     * @return whether the services of the old one say that they stopped
     */
    boolean exchange(Launched old, Launched next) throws PluginLoadException {
        List<String> worked = services.started(old.generation());
        boolean stopped = services.stop(old.generation());
        takeOver(old, next, stopped, worked);
        active.put(next.generation().pluginId(), next);
        if (!entries.contains(next.entry())) {
            entries.add(next.entry());
        }
        old.entry().is(PluginState.DRAINING);
        next.entry().active(next.generation().keys());
        outbox.wake();
        remember();
        return stopped;
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
            retirement.discard(next);
            services.start(old.generation());
            throw e;
        }
    }

    /** @return whether its services say that they stopped */
    boolean withdraw(Launched old) {
        boolean stopped = services.stop(old.generation());
        @Nullable Generation _ = registry.withdraw(old.generation().pluginId());
        active.remove(old.generation().pluginId());
        remember();
        old.entry().is(PluginState.DRAINING);
        return stopped;
    }

    /** From now on none counts as active; what worked last stays written down, for the next start. */
    List<Launched> end() {
        List<Launched> loaded = List.copyOf(active.values());
        active.clear();
        return loaded;
    }

    /** Of those that {@link #end} told: calls to them fail from now on. */
    void withdrawEnded(List<Launched> loaded) {
        for (Launched each : loaded) {
            @Nullable Generation _ = registry.withdraw(each.generation().pluginId());
            each.entry().is(PluginState.DRAINING);
        }
    }

    /** Writes down which files of the directory work; of one that does not, the last good version is kept as long as it is there. */
    void remember() {
        List<LastGood.Item> items = new ArrayList<>();
        Set<String> remembered = new HashSet<>();
        active.forEach((id, launched) -> {
            PluginStatus status = launched.entry().status();
            if (!directory.equals(launched.entry().source().getParent())) {
                return;
            }
            remembered.add(id);
            items.add(new LastGood.Item(id, status.version(), status.sha256(), status.signedBy(), status.source()));
        });
        lastGood.items().stream()
                .filter(item -> !remembered.contains(item.id()))
                .filter(item -> Files.exists(directory.resolve(item.file())))
                .forEach(items::add);
        records.changed(lastGood.set(items));
    }

    /** Writes down that what worked last runs in place of its file. */
    void recalled(LastGood.Item item) {
        records.changed(List.of(
                new PluginChange(item.id(), Optional.empty(), Optional.of(item.version()), true, item.described())));
    }

    /** What worked last and does not now, although its file is there. */
    List<LastGood.Item> missing() {
        return lastGood.items().stream()
                .filter(item -> !active.containsKey(item.id()) && hasFailed(item))
                .toList();
    }

    /** The same bytes would fail once more. */
    private boolean hasFailed(LastGood.Item item) {
        return entries.stream()
                .map(PluginEntry::status)
                .filter(status ->
                        status.state() == PluginState.FAILED && !status.sha256().equals(item.sha256()))
                .anyMatch(status ->
                        status.source().equals(item.file()) || status.id().equals(item.id()));
    }

    /** SHA-256 of all files that run, may run again at the next start, or of which something is known. */
    Set<String> hashes() {
        Set<String> hashes = new HashSet<>();
        entries.forEach(entry -> hashes.add(entry.status().sha256()));
        lastGood.items().forEach(item -> hashes.add(item.sha256()));
        return hashes;
    }
}
