package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.Extension;
import io.aitbc.openclaw.api.FailureReason;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.pf4j.ExtensionWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one generation of a plugin holds: its layer, its context, its extensions. */
final class PluginInstance {
    private static final Logger LOG = LoggerFactory.getLogger(PluginInstance.class);
    /** How long extensions may take to close. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final LayeredPluginManager manager;
    private final String pluginId;
    private final int number;
    private final LayerClassLoader loader;
    private final HostPluginContext context;
    private final ExtensionCreation extensions;

    private PluginInstance(
            LayeredPluginManager manager,
            String pluginId,
            int number,
            LayerClassLoader loader,
            HostPluginContext context,
            ExtensionCreation extensions) {
        this.manager = manager;
        this.pluginId = pluginId;
        this.number = number;
        this.loader = loader;
        this.context = context;
        this.extensions = extensions;
    }

    /** Defines the layer; no code of the plugin has run afterwards. */
    static PluginInstance load(
            LayeredPluginManager manager,
            ResolvedPlugin plugin,
            int number,
            Function<ClassLoader, HostPluginContext> contexts)
            throws PluginLoadException {
        String pluginId = plugin.manifest().id();
        LayerClassLoader loader = manager.load(plugin, number);
        try {
            Map<ExtensionPoint<?>, List<? extends ExtensionWrapper<?>>> factories =
                    factories(manager, LayerDescriptor.runtimeId(pluginId, number));
            HostPluginContext context = contexts.apply(loader);
            return new PluginInstance(
                    manager, pluginId, number, loader, context, new ExtensionCreation(context, factories));
        } catch (RuntimeException | LinkageError e) {
            manager.unload(LayerDescriptor.runtimeId(pluginId, number));
            throw new PluginLoadException(FailureText.full(e));
        } catch (PluginLoadException e) {
            manager.unload(LayerDescriptor.runtimeId(pluginId, number));
            throw e;
        }
    }

    private static Map<ExtensionPoint<?>, List<? extends ExtensionWrapper<?>>> factories(
            LayeredPluginManager manager, String runtimeId) throws PluginLoadException {
        Map<ExtensionPoint<?>, List<? extends ExtensionWrapper<?>>> factories = new LinkedHashMap<>();
        for (ExtensionPoint<?> point : ExtensionPoint.all()) {
            List<? extends ExtensionWrapper<?>> found = manager.factories(point.factory(), runtimeId);
            if (!found.isEmpty()) {
                factories.put(point, found);
            }
        }
        if (factories.isEmpty()) {
            throw new PluginLoadException("its module-info provides no factory of an extension point");
        }
        return factories;
    }

    void create(Duration limit) throws PluginLoadException {
        boolean _ = PluginThreads.run(pluginId, loader, limit, "starting", extensions::create);
    }

    Generation probe(Duration limit) throws PluginLoadException {
        Map<ExtensionKey<?>, Extension> found =
                PluginThreads.run(pluginId, loader, limit, "probing", extensions::probe);
        return new Generation(pluginId, number, loader, found);
    }

    AtomicInteger tasks() {
        return context.tasks();
    }

    /** Calls may still run in it. */
    void retire() {
        try {
            boolean _ = PluginThreads.run(pluginId, loader, CLOSE_LIMIT, "retiring", extensions::retire);
        } catch (PluginLoadException e) {
            LOG.warn("plugin not retired cleanly plugin={} generation={} cause={}", pluginId, number, e.reason());
        }
    }

    /**
     * Closes the extensions, ends the plugin's tasks and closes its files.
     *
     * @return what should be collected now
     */
    ClassLoader close() {
        try {
            boolean _ = PluginThreads.run(pluginId, loader, CLOSE_LIMIT, "closing", extensions::close);
        } catch (PluginLoadException e) {
            LOG.warn("plugin not closed cleanly plugin={} generation={} cause={}", pluginId, number, e.reason());
        }
        context.close();
        try {
            boolean _ = PluginThreads.run(pluginId, loader, CLOSE_LIMIT, "taking back what it left", () -> {
                loader.takeBack();
                return true;
            });
        } catch (PluginLoadException e) {
            LOG.warn("plugin left something plugin={} generation={} cause={}", pluginId, number, e.reason());
        }
        try {
            manager.unload(LayerDescriptor.runtimeId(pluginId, number));
        } catch (RuntimeException e) {
            LOG.warn("plugin files not closed plugin={} generation={} cause={}", pluginId, number, FailureReason.of(e));
        }
        return loader;
    }
}
