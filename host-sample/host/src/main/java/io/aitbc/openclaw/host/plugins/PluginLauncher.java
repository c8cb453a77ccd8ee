package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.Outbox;
import io.aitbc.openclaw.api.PlainText;
import io.aitbc.openclaw.api.PluginConfig;
import io.aitbc.openclaw.host.trust.Permissions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Takes a plugin from its file to extensions that are ready to be published. */
final class PluginLauncher {
    /** A generation that is not published yet, or no longer. */
    record Launched(PluginEntry entry, PluginManifest manifest, PluginInstance instance, Generation generation) {}

    private static final Pattern SECRET = Pattern.compile("key|secret|token|password");

    private final PluginHostOptions options;
    private final PluginStore store;
    private final LayeredPluginManager manager;
    private final Extensions extensions;
    private final Outbox outbox;
    private final UnloadedPlugins unloaded;
    private final PluginTrust trust;
    private final LastGood lastGood;
    private final Map<String, Integer> generations = new ConcurrentHashMap<>();

    PluginLauncher(
            PluginHostOptions options,
            PluginStore store,
            LayeredPluginManager manager,
            Extensions extensions,
            Outbox outbox,
            UnloadedPlugins unloaded,
            PluginTrust trust,
            LastGood lastGood) {
        this.trust = trust;
        this.lastGood = lastGood;
        this.unloaded = unloaded;
        this.options = options;
        this.store = store;
        this.manager = manager;
        this.extensions = extensions;
        this.outbox = outbox;
    }

    /**
     * Checks the signature, copies, reads the manifest and resolves the module; runs no code of the plugin.
     *
     * @param known SHA-256 of the file, where somebody just read it; if it is another one now, that is a failure
     * @param back whether it may be a lower version than the one that worked last
     * @return empty for a disabled one
     */
    Optional<ResolvedPlugin> resolve(PluginEntry entry, Optional<String> known, boolean back)
            throws PluginLoadException {
        if (!PlainText.is(String.valueOf(entry.source().getFileName()))) {
            throw new PluginLoadException("its name has characters that cannot be printed: rename it");
        }
        PluginTrust.FileCheck check = trust.check(entry);
        PluginStore.Gate gate = sha256 -> {
            entry.hashed(sha256);
            entry.is(PluginState.STABLE);
            check.file(sha256);
            entry.is(PluginState.VERIFIED);
        };
        Path source = entry.source();
        StagedPlugin staged = known.isPresent() ? store.stage(source, known.get(), gate) : store.stage(source, gate);
        return resolve(entry, staged, check, back);
    }

    /** As {@link #resolve}, of the copy that was made when this version worked last. */
    Optional<ResolvedPlugin> recall(PluginEntry entry, LastGood.Item item) throws PluginLoadException {
        trust.checkKey(item.key());
        entry.hashed(item.sha256());
        item.key().ifPresent(entry::signedBy);
        StagedPlugin staged = store.known(item.sha256())
                .orElseThrow(() -> new PluginLoadException("its copy is no longer among the generations"));
        return resolve(entry, staged, trust.check(entry), true);
    }

    private Optional<ResolvedPlugin> resolve(
            PluginEntry entry, StagedPlugin staged, PluginTrust.FileCheck check, boolean back)
            throws PluginLoadException {
        entry.is(PluginState.STAGED);
        PluginManifest manifest = PluginManifest.read(staged.jar(), store.limits());
        entry.identified(manifest);
        if (isListedAsDisabled(manifest.id()) || !isEnabled(manifest.id())) {
            entry.is(PluginState.DISABLED);
            return Optional.empty();
        }
        manager.checkVersion(manifest.version());
        if (manifest.requires().isPresent()) {
            manager.checkRequires(manifest.requires().get());
        }
        check.manifest(manifest);
        if (!back) {
            checkNotLower(manifest, staged.sha256());
        }
        checkAllowed(entry, manifest, staged.sha256());
        ResolvedPlugin plugin = ResolvedPlugin.of(manifest, staged, HostLayer.get());
        check.module(manifest, plugin.module(), () -> ranBefore(manifest.id(), staged.sha256()));
        entry.is(PluginState.RESOLVED);
        return Optional.of(plugin);
    }

    /** By a file of the plugins directory, which may have changed since the plugin was loaded. */
    boolean isListedAsDisabled(String pluginId) {
        return manager.isDisabled(pluginId);
    }

    /** Another version: whoever lost the list of consents does not agree to all that the next one wants. */
    private Optional<PluginTrust.Earlier> ranBefore(String id, String sha256) {
        return lastGood.of(id)
                .filter(item -> !item.sha256().equals(sha256))
                .map(item -> new PluginTrust.Earlier(permissions(item), item.key()));
    }

    private Permissions permissions(LastGood.Item item) {
        try {
            Optional<StagedPlugin> copy = store.known(item.sha256());
            return copy.isPresent()
                    ? PluginManifest.read(copy.get().jar(), store.limits()).permissions()
                    : Permissions.none();
        } catch (PluginLoadException e) {
            return Permissions.none();
        }
    }

    private void checkNotLower(PluginManifest manifest, String sha256) throws PluginLoadException {
        boolean same = lastGood.of(manifest.id())
                .filter(item -> item.sha256().equals(sha256))
                .isPresent();
        Optional<String> last = same ? Optional.empty() : lastGood.version(manifest.id());
        if (last.isPresent() && manager.compareVersions(manifest.version(), last.get()) < 0) {
            throw new PluginLoadException("would be a downgrade from %s to %s; plugins-downgrade = true allows it"
                    .formatted(last.get(), manifest.version()));
        }
    }

    /** What was ruled out does not come in; what is in already stays. */
    private void checkAllowed(PluginEntry entry, PluginManifest manifest, String sha256) throws PluginLoadException {
        Optional<String> obstacle = options.folder().records().obstacle(manifest.id(), manifest.version());
        if (obstacle.isEmpty()) {
            return;
        }
        if (lastGood.of(manifest.id())
                .filter(item -> item.sha256().equals(sha256))
                .isEmpty()) {
            throw new PluginLoadException(obstacle.get());
        }
        entry.warn(obstacle.get());
    }

    /** Negative when the first version is the lower one. */
    int compareVersions(PluginManifest one, PluginManifest other) {
        return manager.compareVersions(one.version(), other.version());
    }

    /** Starts and probes; on failure nothing of the plugin is left. */
    Launched launch(PluginEntry entry, ResolvedPlugin plugin) throws PluginLoadException {
        int number = generations.merge(plugin.manifest().id(), 1, Integer::sum);
        entry.numbered(number);
        PluginInstance instance =
                PluginInstance.load(manager, plugin, number, loader -> context(plugin.manifest(), loader));
        try {
            instance.create(options.startLimit());
            entry.is(PluginState.STARTED);
            Generation generation = instance.probe(options.startLimit());
            entry.is(PluginState.PROBED);
            trust.accepted(plugin.manifest(), entry.status().signedBy());
            return new Launched(entry, plugin.manifest(), instance, generation);
        } catch (PluginLoadException e) {
            discard(entry, instance);
            String reason =
                    withoutSecrets(e.reason(), settings(plugin.manifest().id()));
            throw e.passing() ? PluginLoadException.passing(reason) : new PluginLoadException(reason);
        }
    }

    private void discard(PluginEntry entry, PluginInstance instance) {
        ClassLoader loader = instance.close();
        unloaded.add(new Remains(entry, loader, new AtomicInteger(), instance.tasks(), List.of()), loader);
    }

    /** Parsers like to quote what they cannot read. */
    private static String withoutSecrets(String text, Map<String, String> settings) {
        String safe = text;
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            if (SECRET.matcher(setting.getKey()).find() && !setting.getValue().isBlank()) {
                safe = safe.replace(setting.getValue().strip(), "(" + setting.getKey() + ")");
            }
        }
        return safe;
    }

    private Map<String, String> settings(String pluginId) {
        return options.configByPluginId().getOrDefault(pluginId, Map.of());
    }

    private HostPluginContext context(PluginManifest manifest, ClassLoader loader) {
        String id = manifest.id();
        Path data = options.dataDirectory().resolve("plugins").resolve(id);
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create its data directory " + data, e);
        }
        return new HostPluginContext(manifest, config(id), extensions, data, options.clock(), outbox, loader);
    }

    private boolean isEnabled(String id) throws PluginLoadException {
        try {
            return config(id).flag("enabled", true);
        } catch (OpenClawException e) {
            throw new PluginLoadException("cannot be configured: " + e.getMessage());
        }
    }

    private PluginConfig config(String id) {
        return new PluginConfig("plugins." + id, settings(id));
    }
}
