package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.Outbox;
import io.aitbc.openclaw.api.PluginConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Takes a plugin from its file to extensions that are ready to be published. */
final class PluginLauncher {
    /** A generation that is not published yet, or no longer. */
    record Launched(PluginEntry entry, PluginInstance instance, Generation generation) {}

    private static final Pattern SECRET = Pattern.compile("key|secret|token|password");

    private final PluginHostOptions options;
    private final PluginStore store;
    private final LayeredPluginManager manager;
    private final Extensions extensions;
    private final Outbox outbox;
    private final UnloadedPlugins unloaded;
    private final Map<String, Integer> generations = new ConcurrentHashMap<>();

    PluginLauncher(
            PluginHostOptions options,
            PluginStore store,
            LayeredPluginManager manager,
            Extensions extensions,
            Outbox outbox,
            UnloadedPlugins unloaded) {
        this.unloaded = unloaded;
        this.options = options;
        this.store = store;
        this.manager = manager;
        this.extensions = extensions;
        this.outbox = outbox;
    }

    /** Copies, reads the manifest and resolves the module; runs no code of the plugin. Empty for a disabled one. */
    Optional<ResolvedPlugin> resolve(PluginEntry entry) throws PluginLoadException {
        StagedPlugin staged = store.stage(entry.source());
        entry.staged(staged);
        PluginManifest manifest = PluginManifest.read(staged.jar(), store.limits());
        entry.identified(manifest);
        if (manager.isDisabled(manifest.id()) || !isEnabled(manifest.id())) {
            entry.is(PluginState.DISABLED);
            return Optional.empty();
        }
        manager.checkVersion(manifest.version());
        if (manifest.requires().isPresent()) {
            manager.checkRequires(manifest.requires().get());
        }
        ResolvedPlugin plugin = ResolvedPlugin.of(manifest, staged, HostLayer.get());
        entry.is(PluginState.RESOLVED);
        return Optional.of(plugin);
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
            return new Launched(entry, instance, generation);
        } catch (PluginLoadException e) {
            unloaded.add(instance.close());
            throw new PluginLoadException(
                    withoutSecrets(e.reason(), settings(plugin.manifest().id())));
        }
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
